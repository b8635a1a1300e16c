using System.Collections.Frozen;
using System.Text;
using Integration.Sandbox.Agencies.Exchange;
using Integration.Sandbox.Door;
using Integration.Sandbox.Fixtures;
using Integration.Sandbox.Signing;

namespace Integration.Sandbox.Agencies.PopulationRegistry;

/// <summary>The population registry: confirms a name to a number, or gives basic data. SOAP behind the exchange platform.</summary>
internal sealed class PopulationRegistryAgency(SandboxSettings settings, Registers registers, CallSecrets secrets)
    : ExchangeProvider("population-registry", secrets)
{
    private const string Check = "GK_GXFW_SFHC";
    private const string BasicData = "GK_JZCX_RKJCXXCX";

    private readonly string _password = Convert.ToBase64String(
        Encoding.UTF8.GetBytes(settings.Credentials.PopulationPassword)
    );

    public override IReadOnlyDictionary<string, Operation> Services { get; } =
        new Dictionary<string, Operation>(StringComparer.Ordinal)
        {
            ["s_population_check"] = new(Check),
            ["s_population_basic"] = new(BasicData),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public Answer Serve(string sid, SoapEnvelope envelope, AgencyCall call)
    {
        var operation = Services[sid].Name;
        if (envelope.Operation != operation)
        {
            return SoapFault.Answer(ExchangeRefusal.BadEnvelope);
        }

        if (envelope.User != settings.Credentials.PopulationUser || !Signatures.AreSame(_password, envelope.Password))
        {
            return SoapFault.Answer(new ExchangeRefusal("soap:Client", "用户名或密码错误"));
        }

        var request = PackageRequest.Read(envelope.Package, out var fault);
        call.Correlation = request?.RequestNumber;
        if (request is null)
        {
            return PackageAnswer.Failed(operation, string.Empty, "20", fault!, call.Now);
        }

        return operation == Check ? Compare(request, call) : Describe(request, call);
    }

    public override Answer NotAuthorised(AgencyCall call) =>
        PackageAnswer.Failed(Check, call.Correlation ?? string.Empty, "30", "无权访问该服务", call.Now);

    public override Answer SignatureRefused(AgencyCall call) => SoapFault.Answer(ExchangeRefusal.WrongSignature);

    private Answer Compare(PackageRequest request, AgencyCall call)
    {
        var person = registers.People.GetValueOrDefault(request.IdNumber);
        return PackageAnswer.Succeeded(
            Check,
            request.RequestNumber,
            call.Now,
            person is not null,
            [
                ("GMSFHM", request.IdNumber),
                ("GMSFHM_PPDDM", person is null ? "0" : "1"),
                ("XM", request.Name),
                ("XM_PPDDM", person?.Name == request.Name ? "1" : "0"),
                ("SWBS", LifeMark(person)),
            ]
        );
    }

    private Answer Describe(PackageRequest request, AgencyCall call)
    {
        var person = registers.People.GetValueOrDefault(request.IdNumber);
        return PackageAnswer.Succeeded(
            BasicData,
            request.RequestNumber,
            call.Now,
            person is not null,
            person is null
                ? []
                :
                [
                    ("GMSFHM", person.IdNumber),
                    ("XM", person.Name),
                    ("CYM", person.FormerName ?? string.Empty),
                    ("SWBS", LifeMark(person)),
                ]
        );
    }

    private static string LifeMark(Person? person) =>
        person switch
        {
            null => string.Empty,
            { Alive: true } => "0",
            _ => "1",
        };
}
