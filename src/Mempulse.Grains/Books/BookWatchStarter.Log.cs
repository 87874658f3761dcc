using Mempulse.Primitives;
using Microsoft.Extensions.Logging;

namespace Mempulse.Grains.Books;

internal sealed partial class BookWatchStarter
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Chain {Chain}: cannot start the watcher of pools")]
    private static partial void LogNotStarted(ILogger logger, ChainId chain, Exception failure);
}
