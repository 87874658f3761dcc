using Microsoft.Extensions.Logging;

namespace Mempulse.AppHost;

internal static partial class LeftOut
{
    [LoggerMessage(LogLevel.Warning, "{Part} is left out: {Reason}")]
    private static partial void LogLeftOut(ILogger logger, string part, string reason);
}
