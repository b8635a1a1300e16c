namespace Integration.Gateway.Platform.Settings;

/// <summary>
/// The gateway must not start as it is installed: what operators mend, not a bug. The process says each fault on a line and ends
/// with 78 (EX_CONFIG of sysexits.h).
/// </summary>
/// <param name="faults">Each with what to do; nothing personal, no secret.</param>
internal sealed class StartRefusedException(IReadOnlyList<string> faults)
    : InvalidOperationException(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults => faults;
}
