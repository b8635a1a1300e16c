using System.Xml.Linq;
using Integration.Adapters.Http;
using Integration.Adapters.Ports;
using Integration.Adapters.Utilities.Gas;

namespace Integration.Adapters.Tests.Utilities.Gas;

/// <summary>Answers that no honest company gives, and what becomes of them.</summary>
public class GasReaderTests
{
    private const string Ok = "<rtnCode>0000</rtnCode>";
    private const string Order = $"{Ok}<order><wldh>LEG-1-1</wldh><gdh>RQ1</gdh><zt>1</zt></order>";

    private const string Step =
        $"{Ok}<progress><wldh>LEG-1-1</wldh><step><dm>G01</dm><sj>20261123100000</sj></step></progress>";

    [Theory]
    [InlineData("", FailureStage.Parse, "field-rtnCode")]
    [InlineData("<rtnCode>0000</rtnCode><rtnCode>0000</rtnCode>", FailureStage.Parse, "field-rtnCode")]
    [InlineData("<rtnCode><x/></rtnCode>", FailureStage.Parse, "field-rtnCode")]
    [InlineData("<rtnCode>1001</rtnCode>", FailureStage.Secret, "code-1001")]
    [InlineData("<rtnCode>1003</rtnCode>", FailureStage.Authorisation, "code-1003")]
    [InlineData("<rtnCode>2009</rtnCode>", FailureStage.Envelope, "code-2009")]
    [InlineData("<rtnCode>0404</rtnCode>", FailureStage.Envelope, "code-0404")]
    [InlineData(Ok, FailureStage.Parse, "field-order")]
    public void An_envelope_that_is_not_agreed_is_a_failure(string response, FailureStage stage, string code)
    {
        var failure = Failure(GasReader.Receipt(Answer(response), Legs.Key(), mayBeUnknown: false));
        Assert.Equal((stage, code), (failure.Stage, failure.Code));
    }

    [Fact]
    public void Another_document_is_no_answer() =>
        Assert.Equal("xml", Failure(GasReader.Receipt(XElement.Parse("<html/>"), Legs.Key(), mayBeUnknown: true)).Code);

    [Theory]
    [InlineData("LEG-1-1", "LEG-2-1", FailureStage.Binding, "wldh")]
    [InlineData("<wldh>LEG-1-1</wldh>", "", FailureStage.Parse, "field-wldh")]
    [InlineData("RQ1", "RQ2", FailureStage.Binding, "gdh")]
    [InlineData("<gdh>RQ1</gdh>", "", FailureStage.Parse, "field-gdh")]
    [InlineData("<zt>1</zt>", "<zt>5</zt>", FailureStage.Parse, "field-zt")]
    public void A_receipt_of_another_order_or_without_what_belongs_there_is_none(
        string part,
        string instead,
        FailureStage stage,
        string code
    )
    {
        var answer = Answer(Order.Replace(part, instead, StringComparison.Ordinal));
        var failure = Failure(GasReader.Receipt(answer, Legs.Key(reference: "RQ1"), mayBeUnknown: true));
        Assert.Equal((stage, code), (failure.Stage, failure.Code));
    }

    [Theory]
    [InlineData("LEG-1-1", "LEG-2-1", "wldh")]
    [InlineData("<dm>G01</dm>", "", "field-status-code")]
    [InlineData("20261123100000", "20261323100000", "field-status-time")]
    [InlineData("</sj>", "</sj><fy mc=\"费\"/>", "field-status-items")]
    public void A_step_that_cannot_be_read_makes_the_answer_none(string part, string instead, string code) =>
        Assert.Equal(
            code,
            Failure(GasReader.Statuses(Answer(Step.Replace(part, instead, StringComparison.Ordinal)), Legs.Key())).Code
        );

    [Theory]
    [InlineData("<khbh>100002</khbh><qf>N</qf><yh>Y</yh>", "khbh")]
    [InlineData("<khbh>100001</khbh><qf/><yh>Y</yh>", "field-qf")]
    [InlineData("<khbh>100001</khbh><qf>N</qf>", "field-yh")]
    public void An_answer_about_another_account_is_none_and_a_broken_flag_is_never_no_arrears(
        string account,
        string code
    ) =>
        Assert.Equal(
            code,
            Failure(
                GasReader.PreCheck(Answer($"{Ok}<account>{account}</account>"), new TransferQuestion("100001", "张三"))
            ).Code
        );

    private static XElement Answer(string content) => XElement.Parse($"<response>{content}</response>");

    private static AgencyFailure Failure<T>(Reading<T> reading) => Assert.IsType<Reading<T>.Failed>(reading).Failure;
}
