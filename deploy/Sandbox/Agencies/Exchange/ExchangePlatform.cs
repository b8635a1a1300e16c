using System.Globalization;
using Integration.Sandbox.Agencies.BusinessLicence;
using Integration.Sandbox.Agencies.PopulationRegistry;
using Integration.Sandbox.Door;
using Integration.Sandbox.Signing;

namespace Integration.Sandbox.Agencies.Exchange;

/// <summary>The data-sharing exchange platform: hands out call secrets and passes calls on to the providers behind it.</summary>
internal sealed class ExchangePlatform(
    SandboxSettings settings,
    CallSecrets secrets,
    AgencyDoor door,
    BusinessLicenceAgency restProvider,
    PopulationRegistryAgency soapProvider
) : Agency("exchange-platform")
{
    private readonly SandboxCredentials _credentials = settings.Credentials;

    public override void Map(IEndpointRouteBuilder routes, AgencyDoor door)
    {
        routes.MapPost(
            "/exchange/sysapi/auth/refreshappsecret",
            door.Open(this, new Operation("refreshappsecret", IssuesSecrets: true), Refresh)
        );
        routes.MapMethods(
            "/exchange/httpproxy",
            ["GET", "POST"],
            door.Open(this, new Operation("httpproxy"), PassRestAsync)
        );
        routes.MapPost("/exchange/wsproxy", door.Open(this, new Operation("wsproxy"), PassSoapAsync));
    }

    public override Answer NotAuthorised(AgencyCall call) => Refuse(call, ExchangeRefusal.NotListed);

    public override Answer SignatureRefused(AgencyCall call) => Refuse(call, ExchangeRefusal.WrongSignature);

    public override void ForgetSecrets() => secrets.ForgetAll();

    private Answer Refresh(AgencyCall call)
    {
        if (!call.Is("application/json"))
        {
            return Answer.WrongContentType("application/json");
        }

        var fields = RefreshFields(call);
        if (Check(fields, call.Now) is { } refusal)
        {
            return RestRefusal(refusal);
        }

        if (!Signatures.AreSame(CallSecrets.Sign(_credentials.ExchangeAppKey, fields!), fields!.Sign))
        {
            return RestRefusal(ExchangeRefusal.RefreshRefused);
        }

        return Issued(secrets.Issue(fields.Sid));
    }

    private ValueTask<Answer> PassRestAsync(AgencyCall call)
    {
        var fields = ExchangeFields.FromHeaders(call);
        var refusal = Check(fields, call.Now);
        if (refusal is null && !restProvider.Services.ContainsKey(fields!.Sid))
        {
            refusal = ExchangeRefusal.NotListed;
        }

        if (refusal is null && !secrets.Confirm(fields!, call.Now))
        {
            refusal = ExchangeRefusal.WrongSignature;
        }

        return refusal is null
            ? door.PassOnAsync(
                restProvider,
                restProvider.Services[fields!.Sid],
                call,
                inner => ValueTask.FromResult(restProvider.Serve(fields.Sid, inner))
            )
            : ValueTask.FromResult(RestRefusal(refusal));
    }

    private ValueTask<Answer> PassSoapAsync(AgencyCall call)
    {
        if (!call.Is("text/xml"))
        {
            return ValueTask.FromResult(Answer.WrongContentType("text/xml;charset=UTF-8"));
        }

        var fields = ExchangeFields.FromHeaders(call);
        var envelope = SoapEnvelope.Read(call.Body);
        var refusal = Check(fields, call.Now) ?? CheckEnvelope(envelope, fields!, call);
        if (refusal is null && !soapProvider.Services.ContainsKey(fields!.Sid))
        {
            refusal = ExchangeRefusal.NotListed;
        }

        if (refusal is null && !secrets.Confirm(fields!, call.Now))
        {
            refusal = ExchangeRefusal.WrongSignature;
        }

        return refusal is null
            ? door.PassOnAsync(
                soapProvider,
                soapProvider.Services[fields!.Sid],
                call,
                inner => ValueTask.FromResult(soapProvider.Serve(fields.Sid, envelope!, inner))
            )
            : ValueTask.FromResult(SoapFault.Answer(refusal));
    }

    private static ExchangeRefusal? CheckEnvelope(SoapEnvelope? envelope, ExchangeFields fields, AgencyCall call)
    {
        if (envelope is null || call.Header("SOAPAction") != "\"\"")
        {
            return ExchangeRefusal.BadEnvelope;
        }

        return envelope.Fields == fields ? null : ExchangeRefusal.BadHeaderElement;
    }

    /// <summary>Everything but the signature: whose key is asked for depends on the operation.</summary>
    private ExchangeRefusal? Check(ExchangeFields? fields, DateTimeOffset now)
    {
        if (fields is null)
        {
            return ExchangeRefusal.MissingFields;
        }

        if (fields.Rid != _credentials.ExchangeRid)
        {
            return ExchangeRefusal.UnknownRequester;
        }

        if (!restProvider.Services.ContainsKey(fields.Sid) && !soapProvider.Services.ContainsKey(fields.Sid))
        {
            return ExchangeRefusal.NotListed;
        }

        return TimeStamps.AreFresh(fields.Rtime, now, TimeStamps.Usual) ? null : ExchangeRefusal.Stale;
    }

    private ExchangeFields? RefreshFields(AgencyCall call)
    {
        switch (settings.RefreshPlacement)
        {
            case RefreshPlacement.Headers:
                return ExchangeFields.FromHeaders(call);
            case RefreshPlacement.Body:
                return ExchangeFields.FromBody(call);
            default:
                var inHeaders = ExchangeFields.FromHeaders(call);
                return inHeaders == ExchangeFields.FromBody(call) ? inHeaders : null;
        }
    }

    private Answer Issued(CallSecrets.Secret secret) =>
        Answer.Json(
            "issued",
            json =>
            {
                if (settings.NumericCode)
                {
                    json.WriteNumber("code", 0);
                }
                else
                {
                    json.WriteString("code", "0");
                }

                json.WriteStartObject("data");
                json.WriteString(
                    "secret",
                    Signatures.Encrypt(_credentials.ExchangeAppKey, secret.Value, settings.SecretCipher)
                );
                json.WriteString(
                    "secretEndTime",
                    secret.EndsAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)
                );
                json.WriteEndObject();
                json.WriteString("message", "成功");
            }
        );

    private static Answer Refuse(AgencyCall call, ExchangeRefusal refusal) =>
        call.Request.Path.Value!.EndsWith("/wsproxy", StringComparison.Ordinal)
            ? SoapFault.Answer(refusal)
            : RestRefusal(refusal);

    public static Answer RestRefusal(ExchangeRefusal refusal) =>
        Answer.Json(
            $"refused:{refusal.Code}",
            json =>
            {
                json.WriteString("code", refusal.Code);
                json.WriteString("data", string.Empty);
                json.WriteString("message", refusal.Message);
            }
        );
}
