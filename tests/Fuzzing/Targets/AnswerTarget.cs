using System.Text;
using System.Text.Json.Serialization.Metadata;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.LicenceLibrary;
using Integration.Adapters.Ports;
using Integration.Adapters.ProvincialNetwork;
using Integration.Adapters.ProvincialNetwork.BusinessLicence;
using Integration.Adapters.ProvincialNetwork.PopulationRegistry;
using Integration.Adapters.RealEstate;
using Integration.Adapters.Utilities.Electricity;
using Integration.Adapters.Utilities.Television;
using Integration.Contracts.Identifiers;
using Microsoft.Extensions.Options;

namespace Integration.Fuzzing.Targets;

/// <summary>Answers of agencies. Each ends in facts, in "no such record", or in a failure with its stage and side.</summary>
internal static class AnswerTarget
{
    private const string Request = "0123456789abcdef0123456789abcdef";
    private static readonly ResidentId s_resident = ResidentId.Parse("421022197001010112").Value;
    private static readonly CreditCode s_enterprise = CreditCode.Parse("91421022MA49T0000B").Value;
    private static readonly PartyName s_name = PartyName.Parse("张三").Value;
    private static readonly DateOnly s_today = new(2026, 11, 23);
    private static readonly ExchangeRefusal s_refusal = new(Options.Create(new ExchangeOptions()));
    private static readonly PopulationReader s_population = new(Options.Create(new PopulationOptions()), s_refusal);
    private static readonly BusinessLicenceReader s_licence = new(
        Options.Create(new BusinessLicenceOptions()),
        s_refusal
    );

    private static readonly PropertyTitleQuestion s_title = new(
        TitleNumber.Parse("鄂（2017）公安县不动产权第0001001号").Value,
        Unit: null,
        s_name,
        s_resident.Value
    );

    /// <summary>What our reader reads a plain reader reads too, with the same root.</summary>
    public static void ReadXml(byte[] input)
    {
        if (!WireXml.Read(input, charset: null).Succeeded(out var root, out _))
        {
            return;
        }

        if (root.DescendantsAndSelf().Any(element => element.Ancestors().Count() >= WireXml.MaxDepth))
        {
            throw new FuzzFinding("deeper than allowed");
        }

        if (PlainXml.Read(input) is { } plain && plain.ToString() != root.ToString())
        {
            throw new FuzzFinding("another document");
        }
    }

    public static void ReadPopulation(byte[] input)
    {
        if (WireXml.Read(input, charset: null).Succeeded(out var envelope, out _))
        {
            var question = new IdentityQuestion(s_resident, s_name);
            if (s_population.Records(envelope, question, Request).Succeeded(out var records, out var failure))
            {
                Known(PopulationReader.Identity(records));
                Known(PopulationReader.Household(records));
            }
            else
            {
                Known(failure);
            }
        }
    }

    public static void ReadLicence(byte[] input) =>
        Json(input, BusinessLicenceJson.Default.EnterpriseAnswer, answer => s_licence.Facts(answer, s_enterprise));

    public static void ReadTitle(byte[] input) =>
        Json(
            input,
            RealEstateJson.Default.TitleAnswer,
            answer => RealEstateReader.Read(answer, new TitleQuery("20261123421022000001", "CASE-1", s_title))
        );

    public static void ReadLibrary(byte[] input) =>
        Json(
            input,
            LicenceLibraryJson.Default.LicenceAnswer,
            answer =>
                LicenceLibraryReader
                    .Read(answer, LicenceKind.BusinessLicence, s_enterprise.Value)
                    .Succeeded(out var licences, out var failure)
                    ? LibraryBusinessLicenceSource.Choose(licences, s_enterprise, s_today)
                    : failure
        );

    public static void ReadAccount(byte[] input) =>
        Json(
            input,
            ElectricityJson.Default.LinkageAnswer,
            answer => ElectricityReader.Read(answer, new UtilityAccountQuestion("1"))
        );

    /// <summary>What our writer made of a file reads as the same.</summary>
    public static void ReadBox(byte[] input)
    {
        if (
            WireText.Utf8(input, charset: null).Succeeded(out var utf8, out _)
            && BoxFile.Read(Encoding.UTF8.GetString(utf8.Span)).Succeeded(out var file, out _)
        )
        {
            var written = file.Bytes();
            if (
                !BoxFile.Read(Encoding.UTF8.GetString(written)).Succeeded(out var again, out _)
                || !again.Bytes().AsSpan().SequenceEqual(written)
            )
            {
                throw new FuzzFinding("what was read is written as something else");
            }
        }
    }

    private static void Json<TWire, TFacts>(byte[] input, JsonTypeInfo<TWire> type, Func<TWire, Reading<TFacts>> read)
        where TWire : notnull
    {
        if (WireJson.Read(input, charset: null, type).Succeeded(out var answer, out var failure))
        {
            Known(read(answer));
        }
        else
        {
            Known(failure);
        }
    }

    private static void Known<TFacts>(Reading<TFacts> reading)
    {
        if (reading is Reading<TFacts>.Failed failed)
        {
            Known(failed.Failure);
        }
    }

    /// <summary>Codes are words of metrics: short, and never the answer's own text without bounds.</summary>
    private static void Known(AgencyFailure failure)
    {
        if (failure.Code.Length is 0 or > 64 || failure.Code.Any(char.IsControl))
        {
            throw new FuzzFinding($"a failure whose code is no word: {failure.Stage}");
        }
    }
}
