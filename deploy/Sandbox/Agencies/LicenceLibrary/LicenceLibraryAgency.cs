using System.Text.Json;
using Integration.Sandbox.Door;
using Integration.Sandbox.Fixtures;
using Integration.Sandbox.Signing;

namespace Integration.Sandbox.Agencies.LicenceLibrary;

/// <summary>The electronic licence library: valid titles and business licences by holder, as they were when they were issued.</summary>
internal sealed class LicenceLibraryAgency(SandboxSettings settings, Registers registers) : Agency("licence-library")
{
    private const string Person = "111";
    private const string Enterprise = "001";
    private readonly LicenceShelf _shelf = new(registers);

    public override void Map(IEndpointRouteBuilder routes, AgencyDoor door) =>
        routes.MapPost(
            "/licence-library/sharing/queryCertInfo",
            door.Open(this, new Operation("queryCertInfo"), Query)
        );

    public override Answer NotAuthorised(AgencyCall call) => Refused("12", "无权调用该证照");

    public override Answer SignatureRefused(AgencyCall call) => Refused("11", "身份认证失败");

    private Answer Query(AgencyCall call)
    {
        if (!call.Is("application/json"))
        {
            return Answer.WrongContentType("application/json");
        }

        using var document = call.Json();
        if (document?.RootElement.Object("head") is not { } head || document.RootElement.Object("data") is not { } data)
        {
            return Refused("10", "报文结构有误");
        }

        if (!IsAuthentic(head))
        {
            return SignatureRefused(call);
        }

        call.Correlation = data.Object("useCause")?.Text("certificateEventCode");
        return FaultIn(data) is { } fault
            ? Refused("10", fault)
            : Found(
                _shelf.Find(data.Text("holderCode")!, data.Text("holderTypeCode") == Person, data.Text("certTypeCode")!)
            );
    }

    private bool IsAuthentic(JsonElement head) =>
        head.Text("accessId") == settings.Credentials.LibraryAccessId
        && head.Text("accessToken") is { } token
        && Signatures.AreSame(settings.Credentials.LibraryAccessToken, token);

    private static string? FaultIn(JsonElement data)
    {
        if (data.Text("holderCode") is null || data.Text("holderTypeCode") is not (Person or Enterprise))
        {
            return "持证主体代码或类型有误";
        }

        if (!LicenceShelf.Serves(data.Text("certTypeCode")))
        {
            return "证照类型代码有误";
        }

        if (data.Object("useCause") is not { } cause)
        {
            return "用证事由缺失";
        }

        return UseCauseFields.FirstOrDefault(field => cause.Text(field) is null) is { } missing
            ? $"用证事由缺少{missing}"
            : null;
    }

    private static readonly string[] UseCauseFields =
    [
        "certificateSystemName",
        "certificateCallCategory",
        "certificateMatterName",
        "certificateEventCode",
        "certificateCopyCause",
    ];

    private static Answer Found(IReadOnlyList<Licence> licences) =>
        Answer.Json(
            licences.Count == 0 ? "unknown" : "answered",
            json =>
            {
                Head(json, "0", string.Empty);
                json.WriteStartArray("data");
                foreach (var licence in licences)
                {
                    licence.Write(json);
                }

                json.WriteEndArray();
            }
        );

    private static Answer Refused(string status, string message) =>
        Answer.Json(
            $"refused:{status}",
            json =>
            {
                Head(json, status, message);
                json.WriteStartArray("data");
                json.WriteEndArray();
            }
        );

    private static void Head(Utf8JsonWriter json, string status, string message)
    {
        json.WriteStartObject("head");
        json.WriteString("status", status);
        json.WriteString("message", message);
        json.WriteEndObject();
    }
}
