"""nbgrader's view of this repository: run `nbgrader ...` in its root and it finds everything.

solutions/ is what instructors write, exercises/ what learners receive; what comes back from a class
lies in classroom/, which git ignores.
"""

import os
from pathlib import Path

root = Path(__file__).resolve().parent
classroom = Path(os.environ.get("TORCHNOTES_CLASSROOM", root / "classroom")).resolve()
classroom.mkdir(parents=True, exist_ok=True)

c = get_config()  # noqa: F821 - nbgrader provides it

c.CourseDirectory.course_id = "torchnotes"
c.CourseDirectory.root = str(root)
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
c.CourseDirectory.submitted_directory = str(classroom / "submitted")
c.CourseDirectory.autograded_directory = str(classroom / "autograded")
c.CourseDirectory.feedback_directory = str(classroom / "feedback")
# Another gradebook, PostgreSQL included: set TORCHNOTES_DB_URL.
c.CourseDirectory.db_url = os.environ.get(
    "TORCHNOTES_DB_URL", f"sqlite:///{classroom / 'gradebook.db'}"
)
# A notebook paired with a script would bring its answers along.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "*.py", "*.md"]

c.ExecutePreprocessor.timeout = 60
c.ExecutePreprocessor.shutdown_kernel = "immediate"  # nothing in it is worth waiting for
c.NbGrader.logfile = str(classroom / "nbgrader.log")

# What `coursegrade grade` imports once for all, and what a submission may read beside Python.
# The modules of src/torchnotes that are not named here hold the answers.
c.Coursegrade.preload = [
    "torch._dynamo", "torch.func", "torch.testing", "torch.optim", "torch.utils.checkpoint",
    "torch.utils.data", "sympy",
]  # fmt: skip
c.Coursegrade.readable = ["data"] + [
    f"src/torchnotes/{name}.py"
    for name in ("__init__", "data", "devices", "exercise", "plot", "show")
]
c.Coursegrade.env = {"TORCHNOTES_DEVICE": "cpu"}
