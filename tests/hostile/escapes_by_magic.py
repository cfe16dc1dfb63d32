"""graded 2/4: uses the shell's magics to run programs."""

get_ipython().system("id > /tmp/id; touch /usr/x")
get_ipython().run_line_magic("reset", "-f")


def double(x):
    return x
