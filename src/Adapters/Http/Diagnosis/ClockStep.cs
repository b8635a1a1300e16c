using System.Globalization;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Http.Diagnosis;

/// <summary>Compares the agency's clock with ours: signatures carry the time, and agencies refuse what is too old.</summary>
internal static class ClockStep
{
    private static readonly TimeSpan s_mostApart = TimeSpan.FromSeconds(60);

    /// <summary>Asks the address itself, unsigned, for nothing but headers.</summary>
    public static async Task<Found> LookAsync(
        Uri address,
        TimeSpan connectTime,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        using var http = new HttpMessageInvoker(OutgoingConnections.Create(connectTime));
        using var request = new HttpRequestMessage(HttpMethod.Head, address);
        var before = time.GetUtcNow();
        try
        {
            using var answer = await http.SendAsync(request, cancellationToken);
            var after = time.GetUtcNow();
            return answer.Headers.Date is { } theirs
                ? Compare(theirs, before, after)
                : Found.Skipped("The answer has no Date header, so the agency's clock cannot be seen.");
        }
        catch (HttpRequestException reason)
        {
            return Found.Failed(
                $"There is no HTTP answer ({reason.HttpRequestError}). The agency's side, or something on the way that is no HTTP server."
            );
        }
    }

    private static Found Compare(DateTimeOffset theirs, DateTimeOffset before, DateTimeOffset after)
    {
        var ours = before + ((after - before) / 2);
        var apart = theirs - ours;
        var seconds = Math.Abs(apart.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        if (apart.Duration() <= s_mostApart)
        {
            return Found.Passed($"The agency's clock and ours are {seconds} s apart.");
        }

        var direction = apart > TimeSpan.Zero ? "ahead of" : "behind";
        return Found.Failed(
            $"The agency's clock is {seconds} s {direction} ours: signed calls will be refused as too old or from the future (rtime). Look at ours first (its time server), then tell the agency."
        );
    }
}
