"""2/2: peeks at the top of the stack and removes it once all of its parents are listed."""


def topological_order(root):
    done, todo = {}, [root]
    while todo:
        node = todo[-1]
        missing = [p for p in node.parents if p not in done]
        if missing:
            todo.append(missing[0])
        else:
            todo.pop()
            done[node] = None
    return list(done)
