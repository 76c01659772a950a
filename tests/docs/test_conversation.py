from handlers.wiring import conversation_table
from tests.support.diagram import COMMAND, DIAGRAM, document, modules


def test_the_diagram_is_the_one_of_todays_table():
    drawn = DIAGRAM.read_text("utf-8")

    assert drawn == document().rstrip("\n") + "\n", f"the conversation has changed; run: {COMMAND}"


def test_every_command_step_and_lasting_button_is_in_the_diagram():
    table = conversation_table()
    page = document()

    assert modules()
    for name in table.commands:
        assert f'(["/{name}"])' in page
    for name in table.steps:
        assert f'["{name}"]\n' in page
    for verb in table.choices:
        assert f'{{{{"{verb}.…"}}}}' in page


def test_an_arrow_stands_for_each_way_the_table_allows():
    table = conversation_table()
    rows = [*table.commands.values(), *table.steps.values(), *table.choices.values()]

    assert document().count(" --> ") == sum(len(row.leads_to) for row in rows)
