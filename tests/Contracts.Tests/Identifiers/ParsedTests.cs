using Integration.Contracts.Identifiers;

namespace Integration.Contracts.Tests.Identifiers;

public class ParsedTests
{
    [Fact]
    public void A_refused_text_has_no_value()
    {
        var parsed = ResidentId.Parse("1");

        Assert.False(parsed.IsValid);
        var exception = Assert.Throws<InvalidOperationException>(() => parsed.Value);
        Assert.Equal(parsed.Fault?.Message, exception.Message);
    }

    [Fact]
    public void A_refused_text_prints_as_the_code_of_its_fault() =>
        Assert.Equal("length", ResidentId.Parse("1").ToString());

    [Fact]
    public void A_fault_never_repeats_what_was_sent()
    {
        const string Wrong = "421022198506150026";

        var fault = ResidentId.Parse(Wrong).Fault;

        Assert.NotNull(fault);
        Assert.DoesNotContain(Wrong, fault.ToString(), StringComparison.Ordinal);
    }
}
