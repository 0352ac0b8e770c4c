"""A program's work moves below its main guard, and the rest stays unchanged."""

from interview.main_guard import guarded

PROGRAM = '''\
"""What it is."""
import math

# As many as there are.
SIZES = [2, 3]
x, y = math.pi, 4

# Twice as much.
@print
def double(x):
    return f"""
{x}"""

for size in SIZES:  # each
    text = """
as it stands
"""

    print(text, size,
          double(x))
# The end.
'''


def test_work_comes_last_and_only_where_the_program_is_run():
    assert (
        guarded(PROGRAM)
        == '''\
"""What it is."""
import math

# As many as there are.
SIZES = [2, 3]

# Twice as much.
@print
def double(x):
    return f"""
{x}"""

if __name__ == "__main__":
    x, y = math.pi, 4

    for size in SIZES:  # each
        text = """
as it stands
"""

        print(text, size,
              double(x))
    # The end.
'''
    )


def test_it_runs_as_before_and_only_defines_for_others():
    for name in ("__main__", "other"):
        space = {"__name__": name, "print": lambda *said: said[0]}
        exec(guarded(PROGRAM), space)
        assert space["double"](3) == "\n3"
        assert (space.get("text") == "\nas it stands\n") == (name == "__main__")


def test_what_only_defines_has_nothing_to_guard():
    assert guarded("import math\n\nRATE = -0.5\n") == "import math\n\nRATE = -0.5\n"


def test_a_main_function_is_called_without_a_notebooks_arguments():
    main = "def main(epochs=20):\n    return epochs\n"
    expected = f'{main}\nif __name__ == "__main__":\n    main()\n'
    for call in ("", "\nscore = main(epochs=1)\n", "\nmain(load_data=some)\n"):
        assert guarded(main + call) == expected
