"""What the office asks back, as the asker reads it, or whoever speaks for them."""

from intake.rules.message import Button, Message
from intake.rules.questions.question import Question


def asked_back(question: Question) -> Message:
    """The words of the office with the button to reply; `question` waits for the reply."""
    replies = ((Button(f"clarify.{question.id}", "office.reply_button"),),)
    return Message("office.asked_back", {"reference": question.reference, "text": question.reason}, replies)
