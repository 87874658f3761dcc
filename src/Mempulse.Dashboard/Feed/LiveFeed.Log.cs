using Mempulse.Primitives;
using Microsoft.Extensions.Logging;

namespace Mempulse.Dashboard.Feed;

internal sealed partial class LiveFeed
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "The state of chain {Chain} could not be read for the dashboard; it is read again.")]
    private static partial void LogNotRead(ILogger logger, ChainId chain, Exception failure);
}
