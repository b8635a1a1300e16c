using System.Runtime.InteropServices;

namespace Integration.Gateway.Platform.Http.Front;

/// <summary>So many at once, and so many a second in the long run; of one connection, whose bytes are read one after another.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct FrameAllowance(int burst, int perSecond, TimeProvider time)
{
    private double _left = burst;
    private long _at = time.GetTimestamp();

    /// <summary>Takes one; false: there is none left.</summary>
    public bool Take()
    {
        if (_left < 1)
        {
            var now = time.GetTimestamp();
            _left = Math.Min(burst, _left + (time.GetElapsedTime(_at, now).TotalSeconds * perSecond));
            _at = now;
        }

        return --_left >= 0;
    }
}
