using System.Text;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;

namespace Integration.Adapters.Tests;

/// <summary>Identifiers and questions of the fixtures, and what tests say of answers.</summary>
internal static class Known
{
    public const string TitleText = "鄂（2017）公安县不动产权第0001001号";
    public const string UnitText = "421022001001GB00001F00010001";
    public const string PersonText = "421022197001010112";
    public const string CompanyText = "91421022MA49T0000B";

    public static readonly TitleNumber Title = Certificate(TitleText);
    public static readonly UnitNumber Unit = UnitOf(UnitText);
    public static readonly PartyName Person = Name("张三");
    public static readonly CreditCode Company = Enterprise(CompanyText);

    public static readonly PropertyTitleQuestion TitleQuestion = new(Title, Unit: null, Person, PersonText);

    public static PartyName Name(string text) => PartyName.Parse(text).Value;

    public static TitleNumber Certificate(string text) => TitleNumber.Parse(text).Value;

    public static UnitNumber UnitOf(string text) => UnitNumber.Parse(text).Value;

    public static CreditCode Enterprise(string text) => CreditCode.Parse(text).Value;

    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static (FailureStage Stage, FailureSide Side, string Code) Of(AgencyFailure? failure) =>
        failure is null
            ? throw new Xunit.Sdk.XunitException("There is no failure.")
            : (failure.Stage, failure.Side, failure.Code);

    /// <summary>The wire type, which the test knows to be well-formed JSON.</summary>
    public static T Wire<T>(string json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : notnull =>
        WireJson.Read(Bytes(json), charset: null, type).Succeeded(out var value, out var failure)
            ? value
            : throw new Xunit.Sdk.XunitException($"Not readable: {failure.Code}");
}
