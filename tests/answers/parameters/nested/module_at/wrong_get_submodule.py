"""0/1: calls the method that it should replace."""


def module_at(model, path):
    try:
        return model.get_submodule(path)
    except AttributeError as error:
        raise KeyError(path) from error
