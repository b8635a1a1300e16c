using Integration.Benchmarks;

return args switch
{
    ["bare-yarp", var listenOn, var destination] => await BareYarp.RunAsync(listenOn, destination),
    ["share-backend", var listenOn] => await ShareBackend.RunAsync(listenOn),
    ["without-evidence", .. var arguments] => await WithoutEvidence.RunAsync(arguments),
    ["events", .. var options] => await EventBenchmark.RunAsync(options),
    ["joint", .. var options] => await JointBenchmark.RunAsync(options),
    ["sharing", .. var options] => await ShareBenchmark.RunAsync(options),
    ["verification", .. var options] => await VerificationBenchmark.RunAsync(options),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        Benchmarks of the gateway. Build with -c Release.
          events [--seconds N] [--rounds N] [--cases N] [--burst N] [--engines sqlite,postgresql] [--gateway ASSEMBLY]   signed events beside raw inserts, a burst, open cases (wrk, PostgreSQL needed)
          joint [--seconds N] [--rounds N] [--joints N] [--shared-rounds N] [--engines sqlite,postgresql] [--gateway ASSEMBLY]   legs advanced beside empty timers, statuses over many open joint applications (wrk, PostgreSQL needed)
          sharing [--seconds N] [--rounds N] [--sides NAME,NAME] [--gateway ASSEMBLY]      the sharing plane beside direct, bare YARP, nginx and HAProxy (wrk, nginx, haproxy needed)
          verification [--seconds N] [--warm-up N] [--soak N] [--gateway ASSEMBLY]   bare YARP and three-check verifications, side by side; raw table on standard output
        """
    );
    return 2;
}
