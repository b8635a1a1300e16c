using Integration.Gateway.Platform.FreeTexts;

namespace Integration.Gateway.Tests.FreeTexts;

/// <summary>What a text that stands unsealed may hold. The numbers are made up; their check characters are right.</summary>
public sealed class FreeTextTests
{
    private static readonly PersonNames s_names = PersonNames.From([
        "欧阳不详",
        "阿卜杜拉·买买提",
        "Li Xiaoming",
        "王",
    ]);

    [Theory]
    [InlineData("421022198603173319")]
    [InlineData("11010119900307002x")]
    [InlineData("11010119900307002X")]
    [InlineData("４２１０２２１９８６０３１７３３１９")]
    [InlineData("1101011990030700２ｘ")]
    [InlineData("11010119900307002×")]
    [InlineData("11010119900307002Ⅹ")]
    [InlineData("④②①⓪②②①⑨⑧⑥⓪③①⑦③③①⑨")]
    [InlineData("421022 19860317 3319")]
    [InlineData("421022-19860317-3319")]
    [InlineData("421022.1986.0317.3319")]
    [InlineData("4 2 1 0 2 2 1 9 8 6 0 3 1 7 3 3 1 9")]
    [InlineData("421022\u200b19860317\u00a03319")]
    [InlineData("421022_19860317/3319")]
    [InlineData("CONSENT-421022198603173319-1")]
    [InlineData("授权书421022198603173319号")]
    [InlineData("2026-421022198603173319")]
    [InlineData("42102219860317331901")]
    [InlineData("1421022198603173319")]
    [InlineData("٤٢١٠٢٢١٩٨٦٠٣١٧٣٣١٩")]
    [InlineData("421022860317331")]
    [InlineData("HALL-421022860317331")]
    [InlineData("421022 860317 331")]
    [InlineData("13912345678")]
    [InlineData("电话139-1234-5678")]
    [InlineData("+8613912345678")]
    public void A_number_of_a_person_is_found_however_it_is_written(string text)
    {
        Assert.Equal(FreeText.Code, FreeText.FaultIn(text, PersonNames.None)?.Code);
        Assert.DoesNotContain(text, FreeText.FaultIn(text, PersonNames.None)!.Value.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("421022198603173318")] // check digit
    [InlineData("421022198613173319")] // month
    [InlineData("991022198603173319")] // division
    [InlineData("202611231234567890")]
    [InlineData("20261123000000000001")]
    [InlineData("91330106MA2H3X1B0C")]
    [InlineData("913301200007150092")] // a credit code; it would check as an identity number too
    [InlineData("202611230900001")] // 15 digits, no division
    [InlineData("HALL-2026-000777")]
    [InlineData("12345678901")]
    [InlineData("139123456789")] // 12 digits
    [InlineData("王家弄12号")] // a name of one character is in every text
    [InlineData("不详")]
    [InlineData("")]
    public void A_number_that_is_no_persons_is_allowed(string text) => Assert.Null(FreeText.FaultIn(text, s_names));

    [Theory]
    [InlineData("委托书-欧阳不详-1")]
    [InlineData("欧 阳 不 详")]
    [InlineData("欧阳·不详")]
    [InlineData("欧阳\u3000不详")]
    [InlineData("阿卜杜拉•买买提的同意书")]
    [InlineData("阿卜杜拉买买提")]
    [InlineData("LI-XIAOMING-2026")]
    [InlineData("consent of li xiaoming")]
    [InlineData("lixiaoming.1")]
    [InlineData("ＬＩ　ＸＩＡＯＭＩＮＧ")]
    public void A_name_of_the_request_is_found_however_it_is_written(string text)
    {
        Assert.Equal(FreeText.Code, FreeText.FaultIn(text, s_names)?.Code);
        Assert.Null(FreeText.FaultIn(text, PersonNames.None));
    }

    [Theory]
    [InlineData("欧阳，不详")]
    [InlineData("欧阳路不详")]
    [InlineData("lixiaomingson")]
    public void What_only_looks_like_a_name_is_allowed(string text) => Assert.Null(FreeText.FaultIn(text, s_names));

    [Theory]
    [InlineData("S-421022198603173319 x", "S-*** x")]
    [InlineData("欧阳 不详：421022-19860317-3319", "***：***")]
    [InlineData("电话 13912345678, PERMIT-1", "电话 ***, PERMIT-1")]
    [InlineData("状态 已受理 W-2026-1", "状态 已受理 W-2026-1")]
    public void What_could_not_be_refused_is_shown_masked(string text, string shown) =>
        Assert.Equal(shown, FreeText.Masked(text, s_names));
}
