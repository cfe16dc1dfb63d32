"""What a cell printed appears as it was printed, however the kernel cut it up."""

from nbformat import from_dict

from tools.sphinx_course import join_streams, join_streams_before_myst_nb


def stream(text: str, name: str = "stdout"):
    return from_dict({"output_type": "stream", "name": name, "text": text})


def test_a_line_that_was_cut_stays_one_line():
    from myst_nb.core import render

    join_streams_before_myst_nb()
    join_streams_before_myst_nb()  # a second build in the same process changes nothing more
    pieces = [stream("horizons:"), stream(" [32, 64]\n  indented\n"), stream("end\n")]
    (output,) = render.coalesce_streams(pieces)
    assert output["text"] == "horizons: [32, 64]\n  indented\nend\n"


def test_streams_keep_apart_and_figures_stay():
    figure = from_dict({"output_type": "display_data", "data": {}, "metadata": {}})
    given = [stream("a"), figure, stream("w", "stderr"), stream("b")]
    found = join_streams(given)
    assert [o["output_type"] for o in found] == ["stream", "display_data", "stream"]
    assert found[0]["text"] == "ab" and found[2]["text"] == "w"
    assert given[0]["text"] == "a"  # what the cache holds is not changed
