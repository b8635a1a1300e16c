using Integration.Contracts.Identifiers;

namespace Integration.Contracts.Tests.Identifiers;

/// <summary>What a party says of itself beside what registers hold, old codes and masked ones among it.</summary>
public class PartyCodeTests
{
    private const string Enterprise = "91421022MA49T0000B"; // organisation code MA49T0000
    private const string Resident = "421022197001010112";

    [Theory]
    [InlineData(Enterprise, "91421022MA49T0000B", "Same")]
    [InlineData(Enterprise, " 91421022ma49t0000b ", "Same")]
    [InlineData(Enterprise, "MA49T000-0", "Same")]
    [InlineData(Enterprise, "MA49T0000", "Same")]
    [InlineData(Enterprise, "MA49T000", "Same")]
    [InlineData(Enterprise, "MA49T001-8", "Other")]
    [InlineData(Enterprise, "91421022MA49R0018D", "Other")]
    [InlineData(Enterprise, "421022000012345", "NotComparable")] // a registration number
    [InlineData(Enterprise, "9142****000B", "NotComparable")]
    [InlineData(Enterprise, "9142**********000B", "NotComparable")]
    [InlineData(Enterprise, "9143****000B", "Other")]
    [InlineData(Enterprise, "9142****001B", "Other")]
    [InlineData(Enterprise, "MA49****0", "NotComparable")]
    [InlineData(Enterprise, "＊＊＊＊", "NotComparable")]
    [InlineData(Enterprise, "无", "NotComparable")]
    [InlineData(Enterprise, "/", "NotComparable")]
    [InlineData(Enterprise, "", "NotComparable")]
    [InlineData(Enterprise, null, "NotComparable")]
    [InlineData(Resident, "421022197001010112", "Same")]
    [InlineData(Resident, "421022700101011", "Same")] // before 1999
    [InlineData(Resident, "421022700101012", "Other")]
    [InlineData(Resident, "4210**********0112", "NotComparable")]
    [InlineData(Resident, "4210**********0113", "Other")]
    [InlineData(Resident, "4210****011", "NotComparable")] // masked in the old form
    [InlineData(Resident, "E12345678", "NotComparable")] // a passport
    [InlineData(Resident, "11010519491231002X", "Other")]
    [InlineData(Resident, "无", "NotComparable")]
    [InlineData(null, "421022197001010112", "NotComparable")]
    public void Codes_are_the_same_others_or_not_comparable(string? claimed, string? recorded, string result) =>
        Assert.Equal(result, PartyCode.Compare(claimed, recorded).ToString());
}
