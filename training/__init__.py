"""How the weights that ship were fitted. Needs the packages of the `training` dependency group."""
