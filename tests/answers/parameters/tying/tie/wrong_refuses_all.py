"""0/2: refuses everything, with both errors at once."""


class Refused(ValueError, AttributeError):
    pass


def tie(model, name, source):
    raise Refused(name)
