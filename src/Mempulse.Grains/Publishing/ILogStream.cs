using Mempulse.Grains.Abstractions.Logs;

namespace Mempulse.Grains.Publishing;

/// <summary>The stream that carries a chain's notices.</summary>
internal interface ILogStream
{
    /// <summary>Publishes a notice. The stream may lose it without an error.</summary>
    Task PublishAsync(LogNotice notice);
}
