using Integration.Benchmarks;

return args switch
{
    ["bare-yarp", var listenOn, var destination] => await BareYarp.Run(listenOn, destination),
    ["verification", .. var options] => await VerificationBenchmark.Run(options),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        Benchmarks of the gateway. Build with -c Release.
          verification [--seconds N] [--soak N] [--gateway ASSEMBLY]   bare YARP and three-check verifications, side by side; raw table on standard output
        """
    );
    return 2;
}
