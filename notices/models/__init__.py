"""What people are told, how it goes out, and how they are reached."""

from notices.models.outbox import (
    CODE_LASTS,
    LETTER,
    Delivery,
    DeliveryQuerySet,
    Notice,
    NoticeQuerySet,
    public_id,
)
from notices.models.reach import Preference, PushSubscription
from notices.models.sending import FanOut, LetterBatch

__all__ = [
    "CODE_LASTS",
    "Delivery",
    "DeliveryQuerySet",
    "FanOut",
    "LETTER",
    "LetterBatch",
    "Notice",
    "NoticeQuerySet",
    "Preference",
    "PushSubscription",
    "public_id",
]
