using System.Diagnostics;
using OpenTelemetry;

namespace Integration.Gateway.Platform.Telemetry;

/// <summary>
/// A request's span keeps the tags of a closed list: paths, queries, hosts and agents of callers may hold anything.
/// </summary>
internal sealed class SpanTags : BaseProcessor<Activity>
{
    private static readonly HashSet<string> s_kept = new(StringComparer.Ordinal)
    {
        "http.request.method",
        "http.response.status_code",
        "http.route",
        "url.scheme",
        "network.protocol.version",
        "error.type",
    };

    public override void OnEnd(Activity data)
    {
        if (data.Kind != ActivityKind.Server)
        {
            return;
        }

        foreach (var tag in data.TagObjects.ToArray())
        {
            if (!s_kept.Contains(tag.Key))
            {
                data.SetTag(tag.Key, null);
            }
        }

        var route = data.GetTagItem("http.route") as string;
        data.DisplayName = $"{data.GetTagItem("http.request.method")} {route ?? "unknown"}";
    }
}
