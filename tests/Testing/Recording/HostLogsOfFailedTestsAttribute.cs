using System.Reflection;
using Xunit;
using Xunit.v3;

namespace Integration.Testing.Recording;

/// <summary>On a test assembly: the output of a test that fails ends with the last log lines of its hosts, oldest first.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class HostLogsOfFailedTestsAttribute : BeforeAfterTestAttribute
{
    /// <summary>Lines of a host that are shown at most.</summary>
    private const int Shown = 200;

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        var context = TestContext.Current;
        if (context.TestState?.Result == TestResult.Failed)
        {
            foreach (var log in HostLogs.For(context))
            {
                Show(log, context.TestOutputHelper);
            }
        }

        HostLogs.Forget(context);
    }

    private static void Show(RecordedLogs log, ITestOutputHelper? output)
    {
        var lines = log.Lines;
        output?.WriteLine(
            $"---- log of the {log.Host}: the last {Math.Min(lines.Count, Shown)} of {lines.Count} lines"
        );
        foreach (var line in lines.Skip(lines.Count - Shown))
        {
            output?.WriteLine(line);
        }
    }
}
