from hypothesis import settings

# A busy machine is slow, not wrong: a rule's time is no part of its claim.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
