using System.Globalization;
using Integration.Adapters.Ports;
using Integration.Gateway.Callers;
using Microsoft.Extensions.Primitives;

namespace Integration.Gateway.Limits;

/// <summary>
/// Header <c>Priority</c> (RFC 9218): urgency <c>u=4</c> to <c>u=7</c> makes a batch of the request. It can only lower: a client
/// that is a batch stays one. What is malformed is not there, as the RFC says.
/// </summary>
internal static class RequestPriority
{
    public const string HeaderName = "Priority";
    private const int FirstBatchUrgency = 4;
    private const int LastUrgency = 7;
    private const int LongestHeader = 256;

    public static CallPriority From(CallPriority client, StringValues header) =>
        client == CallPriority.Batch || Urgency(header) >= FirstBatchUrgency ? CallPriority.Batch : CallPriority.Live;

    /// <summary>The last <c>u</c> of the dictionary, as its syntax wants (RFC 9651 3.2).</summary>
    private static int? Urgency(StringValues header)
    {
        int? urgency = null;
        var text = header.ToString();
        if (text.Length > LongestHeader)
        {
            return null;
        }

        foreach (var member in text.Split(','))
        {
            var item = member.Split(';')[0].Trim();
            if (item.StartsWith("u=", StringComparison.Ordinal))
            {
                urgency =
                    int.TryParse(item.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                    && value <= LastUrgency
                        ? value
                        : null;
            }
        }

        return urgency;
    }
}

/// <summary>The priority of a request, for the code that passes it on.</summary>
internal static class RequestPriorityAccess
{
    /// <summary>Whether a person waits for the answer to this request.</summary>
    /// <exception cref="InvalidOperationException">The request was not authenticated: a bug.</exception>
    public static CallPriority GetPriority(this HttpContext context) => context.GetCaller().Priority;
}
