"""What is done beside the desk, by `manage.py work`. Several may work at once, and any may be killed at any moment.

A task is a function under `@task()` of django_tasks, in a module of this package; `its_name.enqueue(…)` within a
transaction has it done once that is committed. What is done at intervals stands in `rounds.ROUNDS`. Both may be begun
again after a worker was killed, so each finds out for itself what is left to be done.
"""
