using System.Collections.Frozen;
using System.Text.Json;
using Integration.Sandbox.Agencies.Exchange;
using Integration.Sandbox.Door;
using Integration.Sandbox.Fixtures;

namespace Integration.Sandbox.Agencies.BusinessLicence;

/// <summary>The enterprise register: query and verify. REST behind the exchange platform.</summary>
internal sealed class BusinessLicenceAgency(SandboxSettings settings, Registers registers, CallSecrets secrets)
    : ExchangeProvider("business-licence", secrets)
{
    private const string Success = "2000";
    private const string WrongAuthCode = "2001";
    private const string BadRequest = "2002";

    public override IReadOnlyDictionary<string, Operation> Services { get; } =
        new Dictionary<string, Operation>(StringComparer.Ordinal)
        {
            ["s_enterprise_query"] = new("query"),
            ["s_enterprise_verify"] = new("verify"),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public Answer Serve(string sid, AgencyCall call)
    {
        if (!HttpMethods.IsPost(call.Request.Method) || !call.Is("application/json"))
        {
            return Answer.WrongContentType("application/json, sent by POST");
        }

        using var document = call.Json();
        var verifies = Services[sid].Name == "verify";
        if (
            document?.RootElement is not { } request
            || request.OptionalText("entname") is not { } name
            || request.Text("uniscid") is not { } code
            || (name.Length == 0 && !code.StartsWith("92", StringComparison.Ordinal)) // an individual business may have none
            || request.OptionalText("authcode") is not { } authCode
            || (verifies && request.Text("name") is null)
        )
        {
            return Refused(BadRequest, "参数缺失");
        }

        if (authCode != settings.Credentials.BusinessLicenceAuthCode)
        {
            return Refused(WrongAuthCode, "授权码错误");
        }

        var company = registers.Company(code);
        return verifies ? Verified(company, name, request.Text("name")!) : Queried(company);
    }

    public override Answer NotAuthorised(AgencyCall call) => Refused(WrongAuthCode, "授权码无权访问");

    public override Answer SignatureRefused(AgencyCall call) =>
        ExchangePlatform.RestRefusal(ExchangeRefusal.WrongSignature);

    private static Answer Queried(Company? company) =>
        Answered(
            company,
            json =>
            {
                json.WriteStartArray("data");
                if (company is not null)
                {
                    EnterpriseRecord.Write(json, company);
                }

                json.WriteEndArray();
            }
        );

    private static Answer Verified(Company? company, string name, string representative) =>
        Answered(
            company,
            json =>
            {
                if (company is null)
                {
                    json.WriteNull("data");
                    return;
                }

                EnterpriseRecord.WriteComparison(json, company, name, representative);
            }
        );

    private static Answer Answered(Company? company, Action<Utf8JsonWriter> data) =>
        Answer.Json(
            company is null ? "unknown" : "answered",
            json =>
            {
                json.WriteString("code", Success);
                json.WriteString("msg", "成功");
                data(json);
            }
        );

    private static Answer Refused(string code, string message) =>
        Answer.Json(
            $"refused:{code}",
            json =>
            {
                json.WriteString("code", code);
                json.WriteString("msg", message);
                json.WriteStartArray("data");
                json.WriteEndArray();
            }
        );
}
