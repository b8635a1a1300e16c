using Integration.Fuzzing;
using SharpFuzz;

return args switch
{
    ["list"] => List(),
    ["afl", var name] when Find(name) is { } target => Afl(target),
    ["run", var name, var seconds] when Find(name) is { } target && int.TryParse(seconds, out var most) => Run(
        target,
        TimeSpan.FromSeconds(most)
    ),
    ["input", var name, var file] when Find(name) is { } target => Input(target, file),
    _ => Usage(),
};

static FuzzTarget? Find(string name) => FuzzTargets.All.FirstOrDefault(target => target.Name == name);

static int List()
{
    foreach (var target in FuzzTargets.All)
    {
        Console.WriteLine(target.Name);
    }

    return 0;
}

// A finding leaves as an exception, which AFL++ counts as a crash and keeps with its input.
static int Afl(FuzzTarget target)
{
    Fuzzer.OutOfProcess.Run(stream =>
    {
        using var input = new MemoryStream();
        stream.CopyTo(input);
        target.Judge(input.ToArray());
    });
    return 0;
}

static int Run(FuzzTarget target, TimeSpan atMost)
{
    var seed = TimeProvider.System.GetUtcNow().Ticks;
    var started = TimeProvider.System.GetTimestamp();
    var inputs = 0L;
    while (TimeProvider.System.GetElapsedTime(started) < atMost)
    {
        if (SeededRun.Of(target, seed, inputs: 1_000) is { } finding)
        {
            Console.Error.WriteLine($"{target.Name}, seed {seed}: {finding}");
            return 1;
        }

        (seed, inputs) = (seed + 1, inputs + 1_000);
        Console.Write($"\r{target.Name}: {inputs} inputs");
    }

    Console.WriteLine();
    return 0;
}

static int Input(FuzzTarget target, string file)
{
    target.Judge(File.ReadAllBytes(file));
    Console.WriteLine("A value or a fault, in bounded time and memory.");
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine(
        """
        Fuzz targets of what reads the bytes of strangers.
          list                  the targets
          run TARGET SECONDS    mutated inputs of the corpus, without AFL++
          input TARGET FILE     one input; a finding ends with an exception
          afl TARGET            under afl-fuzz, see tests/fuzz.sh
        """
    );
    return 2;
}
