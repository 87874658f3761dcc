namespace Mempulse.Testing.Postgres;

/// <summary>One server for all tests of a project, made when the first of them asks for it. As an assembly fixture it ends with them.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private readonly Lazy<Task<LocalPostgres>> _server = new(static () => LocalPostgres.StartAsync(CancellationToken.None));

    /// <summary>The server. A test that stops it makes one of its own instead.</summary>
    public Task<LocalPostgres> ServerAsync() => _server.Value;

    /// <summary>Makes an empty database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken) => await (await ServerAsync()).CreateDatabaseAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
        {
            await (await _server.Value).DisposeAsync();
        }
    }
}
