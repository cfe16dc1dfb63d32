"""0/2: asks the library."""


def retention(q, k, v, log_gamma):
    from torchnotes.retention import retention_parallel

    return retention_parallel(q, k, v, log_gamma)[0]
