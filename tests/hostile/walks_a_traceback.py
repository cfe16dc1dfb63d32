"""graded 2/4: as above, and gets at the frames through an exception."""


def double(x):
    try:
        raise ValueError
    except ValueError as error:
        frame = error.__traceback__.tb_frame
    while frame is not None:
        if "double" in frame.f_globals:
            frame.f_globals["double"] = lambda x: 2 * x
        frame = frame.f_back
    return x
