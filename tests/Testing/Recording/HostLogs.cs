using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Console;
using Xunit;

namespace Integration.Testing.Recording;

/// <summary>
/// What the hosts of a test have logged: nothing of it goes to the console of the run, and a test that fails shows it with its
/// output (<see cref="HostLogsOfFailedTestsAttribute"/>). A host that a class of tests shares belongs to each of them.
/// </summary>
public static class HostLogs
{
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<RecordedLogs>> s_logs = new(
        StringComparer.Ordinal
    );

    /// <summary>Takes the log of a host from the console.</summary>
    /// <param name="logging">The host's; the provider that writes to the console has been added already, if there is one.</param>
    /// <param name="host">What it is called in the output of a test, e.g. <c>second node</c>.</param>
    public static void KeepFromConsole(this ILoggingBuilder logging, string host)
    {
        var console = logging
            .Services.Where(service => service.ImplementationType == typeof(ConsoleLoggerProvider))
            .ToList();
        console.ForEach(service => logging.Services.Remove(service));
        logging.AddProvider(Record(host));
    }

    /// <summary>A log that belongs to the test, or to the class of tests, that is being set up.</summary>
    /// <param name="host">What it is called in the output of a test.</param>
    internal static RecordedLogs Record(string host)
    {
        var log = new RecordedLogs(host);
        if (Owners(TestContext.Current).FirstOrDefault() is { } owner)
        {
            s_logs.GetOrAdd(owner, static _ => new()).Enqueue(log);
        }

        return log;
    }

    /// <summary>The logs of a test's own hosts and of those that it shares.</summary>
    internal static IReadOnlyList<RecordedLogs> For(ITestContext context) =>
        [.. Owners(context).SelectMany(owner => s_logs.TryGetValue(owner, out var logs) ? logs : [])];

    /// <summary>The test is over: what only it has logged is of no more use.</summary>
    internal static void Forget(ITestContext context)
    {
        if (context.Test is { } test)
        {
            s_logs.TryRemove(test.UniqueID, out _);
        }
    }

    /// <summary>From the narrowest to the widest.</summary>
    private static IEnumerable<string> Owners(ITestContext context) =>
        new[]
        {
            context.Test?.UniqueID,
            context.TestClass?.UniqueID,
            context.TestCollection?.UniqueID,
            context.TestAssembly?.UniqueID,
        }.OfType<string>();
}
