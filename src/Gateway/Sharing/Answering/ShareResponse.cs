using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Sharing.Forwarding;

namespace Integration.Gateway.Sharing.Answering;

/// <summary>The head of an answer: nothing of the agency's head but its status passes.</summary>
internal static class ShareResponse
{
    public const string EvidenceHeader = "X-Evidence-Id";

    /// <summary>A whole answer.</summary>
    public static void Open(HttpContext http, ShareCall call, StoredResponse answer)
    {
        Begin(http, call);
        http.Response.StatusCode = answer.Status;
        http.Response.ContentLength = answer.Body.Length;
    }

    /// <summary>An answer whose end is not known yet.</summary>
    public static void Begin(HttpContext http, ShareCall call)
    {
        var response = http.Response;
        response.Clear();
        response.StatusCode = call.Status is { } status ? (int)status : StatusCodes.Status200OK;
        response.ContentType = call.Operation.Filter.ContentType;
        response.Headers[EvidenceHeader] = call.EvidenceId;
    }
}
