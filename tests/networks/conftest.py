"""What tests of single networks import comes in the way it does in the product."""

from bot.telegram.deferred_models import import_aiogram

import_aiogram()  # before a test module does
