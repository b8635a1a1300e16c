using System.Net;
using System.Text;
using System.Text.Json;
using Integration.Contracts;

namespace Integration.FlowTests.Access;

/// <summary>One row of the access table.</summary>
/// <param name="Endpoint">Method and route pattern, as the gateway has them.</param>
/// <param name="Thing">What the request is about.</param>
/// <param name="Answers">What each client gets, in the order of <see cref="AccessClients.All"/>.</param>
/// <param name="Call">The request, given the objects it names.</param>
internal sealed record AccessRow(
    string Endpoint,
    string Thing,
    IReadOnlyList<string> Answers,
    Func<AccessObjects, AccessCall> Call
)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>A signed event, made anew for each client.</summary>
    public bool IsEvent { get; init; }

    /// <summary>What a client gets: a status, with the problem's code where it is not the usual one of that status.</summary>
    public string For(AccessClient client) => Answers[(int)client];

    /// <summary>How an answer is written in the table.</summary>
    public static string Written(HttpStatusCode status, string? code) =>
        (status, code) switch
        {

            (_, null)
            or
            (HttpStatusCode.Unauthorized, "unauthenticated")
            or
            (HttpStatusCode.Forbidden, "not-granted")
            or (HttpStatusCode.NotFound, "not-found") => $"{(int)status}",
            _ => $"{(int)status}:{code}",
        };
}

/// <summary>A request of the table.</summary>
internal sealed record AccessCall(HttpMethod Method, string Path, object? Body)
{
    public HttpContent? Content() =>
        Body is null
            ? null
            : new StringContent(
                Body as string ?? JsonSerializer.Serialize(Body, Body.GetType(), IntegrationJson.Options),
                Encoding.UTF8,
                "application/json"
            );
}
