using System.Diagnostics;
using Integration.Contracts.V1.Cases;
using Integration.Gateway.Clocks;

namespace Integration.Gateway.Tests.Clocks;

public class SlaClockCostTests(ITestOutputHelper output)
{
    [Fact]
    public void A_hundred_thousand_cases_are_read_in_a_moment()
    {
        var clock = ClockParts.Sla();
        var start = ClockParts.Time("2022-01-04T09:00:00+08:00");
        ClockPause[] pauses =
        [
            new(start.AddHours(20), start.AddHours(40)),
            new(start.AddHours(30), start.AddHours(60)),
        ];
        var terms = new ClockTerms(ClockKind.WorkingDays, 1_000); // four years: nothing may depend on the length
        var red = Count(1_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        red += Count(100_000);
        watch.Stop();
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / 100_000;
        output.WriteLine($"{watch.Elapsed.TotalNanoseconds / 100_000:0} ns and {bytes} bytes a reading");
        Assert.Equal(0, red);
        Assert.InRange(bytes, 0, 2_000);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));

        int Count(int cases)
        {
            var found = 0;
            for (var index = 0; index < cases; index++)
            {
                var now = start.AddMinutes(index * 15);
                var reading = ClockParts.Value(clock.Read(terms, start, pauses, endedAt: null, now, 70));
                found += reading.Colour == ClockColour.Red ? 1 : 0;
            }

            return found;
        }
    }
}
