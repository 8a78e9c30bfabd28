"""How the weights that ship were fitted, and how far the graders agree with people.

Fitting needs the packages of the `training` dependency group.
"""
