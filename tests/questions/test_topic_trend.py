"""What people ask about more, and less, than at the meeting before (R071)."""

from intake.rules.questions.topics import Course, trends


def test_what_grew_most_comes_first():
    found = trends({"Đất đai": 5, "Đường": 2, "Rác": 1, "Nước": 4}, {"Đất đai": 2, "Đường": 2, "Y tế": 3, "Rác": 2})

    assert [(one.topic, one.now, one.before, one.course) for one in found] == [
        ("Nước", 4, 0, Course.NEW),
        ("Đất đai", 5, 2, Course.MORE),
        ("Đường", 2, 2, Course.SAME),
        ("Rác", 1, 2, Course.LESS),
        ("Y tế", 0, 3, Course.LESS),
    ]


def test_of_two_that_grew_alike_the_larger_comes_first():
    assert [one.topic for one in trends({"A": 1, "B": 3, "C": 3}, {"B": 2, "C": 2})] == ["B", "C", "A"]


def test_nothing_is_compared_with_nothing():
    assert trends({}, {}) == ()
