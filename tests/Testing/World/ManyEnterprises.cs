using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Events;

namespace Integration.Testing.World;

/// <summary>
/// As many enterprises as a run needs, each with premises of its own close to the grid: the sandbox serves them, and events
/// about them are complete and right.
/// </summary>
public static class ManyEnterprises
{
    private const string CreditCodeAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>Writes the project's fixtures and the enterprises into one file for the sandbox.</summary>
    public static void Write(string file, int count)
    {
        var fixtures = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "fixtures.json")))!;
        for (var i = 0; i < count; i++)
        {
            fixtures["companies"]!.AsArray().Add(JsonSerializer.SerializeToNode(Company(i)));
            fixtures["titles"]!.AsArray().Add(JsonSerializer.SerializeToNode(Title(i)));
            fixtures["gridResources"]!.AsArray().Add(JsonSerializer.SerializeToNode(Grid(i)));
        }

        File.WriteAllText(file, fixtures.ToJsonString());
    }

    /// <summary>The event of an enterprise's opening.</summary>
    /// <param name="index">Which enterprise, from 0.</param>
    /// <param name="sequence">Its place among the enterprise's events.</param>
    /// <param name="type">What happened.</param>
    public static EventInput Event(int index, int sequence = 1, string type = "enterprise.opened") =>
        new()
        {
            SpecVersion = "1.0",
            Id = string.Create(CultureInfo.InvariantCulture, $"MANY-{index:000000}-{sequence}"),
            Source = "municipal-9210",
            Type = type,
            Time = TimeProvider.System.GetUtcNow(),
            DataContentType = "application/json",
            Sequence = sequence.ToString(CultureInfo.InvariantCulture),
            Data = new EventData
            {
                ProgrammeVersion = "9210",
                Enterprise = new EventEnterprise
                {
                    Name = Name(index),
                    Uscc = CreditCode(index),
                    LegalRepresentative = "张三",
                    EstablishedOn = new DateOnly(2026, 1, 5),
                },
                Premises = new PremisesInput
                {
                    CertificateNumber = Certificate(index),
                    UnitNumber = Unit(index),
                    Address = Location(index),
                    Tenure = Tenure.Owner,
                },
                Utilities = new EventUtilities
                {
                    Electricity = new UtilityIntention { Requested = true, CapacityKw = 80 },
                },
                Consent = new ConsentInput
                {
                    Reference = "CONSENT-9210",
                    GrantedAt = new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.FromHours(8)),
                },
            },
        };

    private static object Company(int index) =>
        new
        {
            key = $"many-{index}",
            name = Name(index),
            uscc = CreditCode(index),
            legalRepresentative = "张三",
            legalRepresentativeKey = "p01",
            status = "存续",
            enterpriseSize = "小微",
            establishedOn = "2026-01-05",
        };

    private static object Title(int index) =>
        new
        {
            key = $"many-{index}",
            certificateNumber = Certificate(index),
            unitNumber = Unit(index),
            location = Location(index),
            use = "商业",
            areaSquareMetres = 100.0,
            holders = new[]
            {
                new
                {
                    name = Name(index),
                    code = CreditCode(index),
                    share = "单独所有",
                },
            },
            status = "现势",
            mortgaged = false,
            seized = false,
        };

    private static object Grid(int index) =>
        new
        {
            unitNumber = Unit(index),
            nearestLowVoltageMetres = 20,
            spareCapacityKw = 400,
        };

    private static string Name(int index) =>
        string.Create(CultureInfo.InvariantCulture, $"公安县众多样本{index}号有限公司");

    private static string Location(int index) =>
        string.Create(CultureInfo.InvariantCulture, $"公安县埠河镇样本大道{index}号");

    private static string Certificate(int index) =>
        string.Create(CultureInfo.InvariantCulture, $"鄂（2025）公安县不动产权第{1_000_000 + index:0000000}号");

    private static string Unit(int index) =>
        string.Create(CultureInfo.InvariantCulture, $"421022009009GB{index % 100_000:00000}F{index:00000000}");

    /// <summary>GB 32100-2015: the check character from weights 3^i mod 31.</summary>
    private static string CreditCode(int index)
    {
        var code = string.Create(CultureInfo.InvariantCulture, $"91421022MB{index:0000000}");
        var (sum, weight) = (0, 1);
        foreach (var character in code)
        {
            sum += CreditCodeAlphabet.IndexOf(character, StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }

        return $"{code}{CreditCodeAlphabet[(31 - (sum % 31)) % 31]}";
    }
}
