using Integration.Adapters.Http.Wire;

namespace Integration.Adapters.Tests.Http.Wire;

public class BoundedBodyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16 * 1024)]
    [InlineData(100_000)]
    public async Task A_body_up_to_the_limit_is_read_whole(int length)
    {
        var bytes = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
        var reading = await BoundedBody.ReadAsync(
            new MemoryStream(bytes),
            100_000,
            TestContext.Current.CancellationToken
        );
        Assert.True(reading.Succeeded(out var body, out _));
        Assert.Equal(bytes, body.ToArray());
    }

    [Fact]
    public async Task A_larger_body_is_refused_without_being_read_to_its_end()
    {
        using var endless = new MemoryStream(new byte[50_000_000]);
        var reading = await BoundedBody.ReadAsync(endless, 100_000, TestContext.Current.CancellationToken);
        Assert.False(reading.Succeeded(out _, out var failure));
        Assert.Equal(WireFailure.TooLarge, failure);
        Assert.InRange(endless.Position, 100_001, 200_000);
    }
}
