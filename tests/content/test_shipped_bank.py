"""The bank and the personas that ship: complete, in the documented order, and readable."""

from __future__ import annotations

import re

import pytest

from interviewer import paths
from interviewer.content import yaml
from interviewer.content.bank import Bank
from interviewer.content.personas import Persona
from interviewer.engine.cues import Cue, Occasion
from interviewer.llm.scripted import words
from interviewer.plan import make_plan
from tests.fakes import OCCASIONS

ROUNDS = {
    "hard-01": "team-lead",
    "hard-02": "team-lead",
    "hard-03": "backend-engineer",
    "hard-04": "backend-engineer",
    "hard-05": "backend-engineer",
    "hard-06": "team-lead ml-engineer",
    "hard-07": "senior-vice-president assistant-vice-president solution-architect",
    "hard-08": "ml-engineer",
    "hard-09": "team-lead",
    "hard-10": "team-manager",
    "soft-01": "head-of-ai-department",
    "soft-02": "data-science-director",
    "soft-03": "cto",
}
QUESTIONS = {
    "hard-01": """
        introduce-yourself
        describe-team-and-daily-work
        project-ml-pipeline
        other-languages
        python-iterator-generator-decorator
        how-cnn-works
    """,
    "hard-02": """
        introduce-yourself
        most-impressive-project
        project-developing-ml-models
        cpp-network-programming-experience
        cpp-condition-variable
        data-and-model-parallelism-tensorflow
        bipartite-graph
    """,
    "hard-03": """
        introduce-yourself
        cloud-infrastructure-experience
        vpc-per-environment
        efs-vs-s3
        ecs-vs-eks
        relational-vs-non-relational
        when-relational-or-non-relational
        remove-duplicates-linked-list
    """,
    "hard-04": """
        introduce-yourself
        ml-infrastructure-challenges
        linux-namespaces
        tcp-vs-udp
        hard-link-vs-symbolic-link
        reverse-each-word
        longest-leaf-path
    """,
    "hard-05": """
        introduce-yourself
        cloud-infrastructure-experience
        learn-new-aws-service
        is-your-solution-the-best
        understand-services-you-use
        two-threads-print-in-turn
        command-in-terminal
        rate-limiter-design
        reverse-k-group
    """,
    "hard-06": """
        two-ml-systems-projects
        supervised-unsupervised-semi-supervised
        detection-classification-segmentation
        what-to-log-in-training
        libraries-across-ml-lifecycle
        nvidia-cuda-and-docker-experience
        nvidia-video-streaming-experience
    """,
    "hard-07": """
        introduce-yourself
        two-ml-systems-projects
        university-major-and-awards
        tensorrt-experience
        kubernetes-experience
        designing-an-ml-system
        mlops-team-size
        plans-three-five-years
        hobbies
    """,
    "hard-08": """
        introduce-yourself
        how-ping-works
        ping-protocol
        url-in-browser
        osi-layers
        java-interface
        function-pointers
        virtual-function
        socket-functions
        database-index-structure
        projects-training-models
        horovod-experience
        distributed-training-experience
        serving-at-scale-experience
        binary-search
    """,
    "hard-09": """
        introduce-yourself
        ml-system-design-experience
        kubernetes-experience
        kubernetes-objects
        replicaset-vs-statefulset
        recover-bst
        cpp-experience
        libraries-across-ml-lifecycle
        cloud-services-experience
        distributed-training-experience
    """,
    "hard-10": """
        introduce-yourself
        building-an-ml-system-experience
        pipeline-step-order
        pass-results-between-steps
        alert-on-pipeline-failure
        gpu-independent-system
        shared-ptr
        threads-cpp-vs-python
        when-multi-threading
        data-too-big-for-one-gpu
        allreduce
        merge-gradients
        detect-gpu-overload-or-network-fault
    """,
    "soft-01": """
        introduce-yourself
        what-you-expect-to-work-on
        most-important-in-a-new-job
    """,
    "soft-02": """
        introduce-yourself
        describe-your-current-team
        most-challenging-project
        managing-time-across-projects
        managing-conflict
        why-leave
        why-us
    """,
    "soft-03": """
        introduce-yourself
        experience-in-all-jobs
        what-is-mlops
        view-of-other-teams
        leading-team-members
        hardware-knowledge-needed
    """,
}
PERSONAS = sorted({name for row in ROUNDS.values() for name in row.split()})
ASKED = sorted({name for row in QUESTIONS.values() for name in row.split()})


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank(paths.shipped("question_bank"), paths.shipped("personas"))


def test_thirteen_rounds_ask_107_questions() -> None:
    assert (len(ROUNDS), sum(len(row.split()) for row in QUESTIONS.values())) == (13, 107)


def test_all_rounds_ship(bank: Bank) -> None:
    assert list(bank.rounds) == list(ROUNDS)


@pytest.mark.parametrize("round_id", ROUNDS)
def test_a_round_asks_what_the_document_lists_in_its_order(bank: Bank, round_id: str) -> None:
    found = bank.round(round_id)
    assert [q.id for q in found.questions] == QUESTIONS[round_id].split()
    assert list(found.personas) == ROUNDS[round_id].split()
    assert found.kind == round_id.partition("-")[0]


@pytest.mark.parametrize("question_id", ASKED)
def test_every_question_that_is_asked_loads(bank: Bank, question_id: str) -> None:
    question = bank.question(question_id)
    assert question.id == question_id
    assert sum(p.weight for p in question.rubric) > 0


def test_no_question_file_lies_around_unasked(bank: Bank) -> None:
    names = {p.parent.name if p.name == "question.yaml" else p.stem for p in bank.question_files()}
    assert names <= set(ASKED)


@pytest.mark.parametrize("persona_id", PERSONAS)
def test_every_persona_loads_and_knows_its_placeholders(persona_id: str) -> None:
    path = paths.shipped("personas") / f"{persona_id}.yaml"
    persona = yaml.read(path, Persona, id=persona_id)
    phrases = [phrase for occasion in OCCASIONS for phrase in getattr(persona.voice, occasion)]
    used = {name for phrase in phrases for name in re.findall(r"\{(.*?)\}", phrase)}
    assert used <= {"name", "role", "minutes", "count", "panel"}


@pytest.mark.parametrize("round_id", ROUNDS)
def test_every_round_can_be_planned_and_opened(bank: Bank, round_id: str) -> None:
    plan = make_plan(bank, round_id)
    opener = plan.questions[0].persona
    for variant in range(5):
        line = words(plan, Cue(Occasion.GREETING, opener, lead="greeting", variant=variant))
        assert not re.search(r"[{}]", line)
    assert [words(plan, Cue(Occasion.QUESTION, q.persona, n)) for n, q in enumerate(plan.questions)] == [
        q.ask for q in plan.questions
    ]
