using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Http.Forwarding;

/// <summary>What holds for every body that goes into an envelope; what a caller got wrong is never sent.</summary>
internal static class ForwardedBody
{
    /// <summary>An envelope is built in memory; questions are small.</summary>
    private const int LongestBytes = 256 * 1024;

    /// <summary>The caller sends a field that only we may write.</summary>
    public static readonly AgencyFailure Reserved = Refused("reserved-field");

    /// <summary>A body that cannot be put into the envelope.</summary>
    /// <param name="code">What is wrong; from a fixed set.</param>
    public static AgencyFailure Refused(string code) => new(FailureStage.Question, FailureSide.Gateway, code);

    /// <summary>What reading an agency's answer would call a bad answer is here the caller's bad question.</summary>
    public static AgencyFailure Refused(AgencyFailure reading) => Refused(reading.Code);

    /// <summary>The body as UTF-8 without mark, within the size allowed.</summary>
    public static WireRead<ReadOnlyMemory<byte>> Text(ForwardedQuestion question)
    {
        if (question.Body.Length > LongestBytes)
        {
            return Refused("too-large");
        }

        return WireText.Utf8(question.Body, charset: null).Succeeded(out var text, out var failure)
            ? text
            : Refused(failure);
    }
}
