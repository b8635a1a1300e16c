// Each type breaks exactly one rule of the tests next door.
#pragma warning disable CA1812, CA1852, CA1848, CA2254, CA1303, CA5394, RS0030, IDE0060, IDE0130, MA0047, MA0182, MA0076, SYSLIB1006

using Microsoft.Extensions.Logging;

namespace Integration.Architecture.Tests.Planted
{
    public sealed class PublicForNoReason;

    internal class OpenForNoReason;

    internal sealed class CaseManager;

    internal sealed class CommonThings;

    internal sealed class UtilityAccount;

    internal sealed class NeedsSeven
    {
        public NeedsSeven(int a, int b, int c, int d, int e, int f, int g) => Sum = a + b + c + d + e + f + g;

        public int Sum { get; }
    }

    internal static class PlantedFactory
    {
        public static string Of(int number) => Local(number);

        private static string Local(int number)
        {
            return Of();

            string Of() => $"{number}";
        }
    }

    internal static class PlantedPart
    {
        internal sealed record Of;
    }

    internal static class DownloadingTls
    {
        public static object Handler() => new System.Net.Http.SocketsHttpHandler();

        public static object Client() => new System.Net.Http.HttpClient();

        public static object Chain() => new System.Security.Cryptography.X509Certificates.X509Chain();

        public static object Stream() => new System.Net.Security.SslStream(System.IO.Stream.Null);

        public static object Database() => new Npgsql.NpgsqlConnection();

        public static object Listener(Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions listen) =>
            Microsoft.AspNetCore.Hosting.ListenOptionsHttpsExtensions.UseHttps(listen);
    }

    internal static class WallClock
    {
        public static string Read() =>
            $"{DateTime.UtcNow} {DateTimeOffset.Now} {Guid.NewGuid()} {new Random(1).Next()}";

        public static Task WaitAsync() => Task.Delay(TimeSpan.FromSeconds(1));

        public static Task WaitRightlyAsync(TimeProvider time) => Task.Delay(TimeSpan.FromSeconds(1), time);
    }

    internal sealed partial class FirstWriter(ILogger logger)
    {
        public void Open() => Log.Opened(logger);

        public void AdHoc() => logger.LogInformation("Opened");

        public static void Print() => Console.WriteLine("Opened");

        private static partial class Log
        {
            [LoggerMessage(1000, LogLevel.Information, "Opened")]
            public static partial void Opened(ILogger logger);
        }
    }

    internal sealed partial class SecondWriter(ILogger logger)
    {
        public void Open() => Log.Opened(logger);

        public void Shut() => Log.Shut(logger);

        private static partial class Log
        {
            [LoggerMessage(1001, LogLevel.Information, "Opened again")]
            public static partial void Opened(ILogger logger);

            [LoggerMessage(1000, LogLevel.Information, "Shut")]
            public static partial void Shut(ILogger logger);
        }
    }

    internal static partial class LooseMessages
    {
        [LoggerMessage(1003, LogLevel.Information, "Loose")]
        public static partial void Loose(ILogger logger);
    }
}

namespace Integration.Architecture.Tests.Planted.Text.Util
{
    internal sealed class Words;
}

namespace Integration.Gateway.Platform.Planted
{
    internal sealed partial class ThirdWriter(ILogger logger)
    {
        public void Close() => Log.Closed(logger);

        private static partial class Log
        {
            [LoggerMessage(3000, LogLevel.Information, "Closed")]
            public static partial void Closed(ILogger logger);
        }
    }
}
