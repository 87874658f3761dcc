using System.Net;
using Mempulse.Builder.Dialects;
using Mempulse.Primitives;
using Mempulse.RelaySim.Bundles;
using Mempulse.RelaySim.Data;
using Mempulse.RelaySim.Faults;
using Mempulse.RelaySim.Landing;
using Mempulse.RelaySim.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mempulse.RelaySim;

/// <summary>A builder on loopback: it speaks a dialect, checks signatures, misbehaves as planned, and puts bundles into blocks of an anvil. Safe for any thread.</summary>
public sealed class RelaySimulator : IAsyncDisposable
{
    /// <summary>Most requests that are remembered, inclusive; the oldest make place.</summary>
    public const int MaxRemembered = 10_000;

    /// <summary>How long answers may take that are under way when it stops; one that hangs does not end by itself.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(1);

    private readonly SimulatorPlan _plan;
    private readonly WebApplication _app;
    private readonly RelayDesk _desk;
    private readonly FaultyAnswers _answers;
    private readonly AnvilChain? _chain;
    private readonly DeliveredBlocks _delivered = new();
    private readonly SemaphoreSlim _auctioning = new(1, 1);
    private readonly Lock _lock = new();
    private readonly Queue<ReceivedRequest> _requests = [];
    private SimulatorHead _head;
    private int _count;

    private RelaySimulator(SimulatorPlan plan, WebApplication app)
    {
        _plan = plan;
        _app = app;
        Pool = new BundlePool(plan.Dialect);
        _desk = new RelayDesk(plan.Dialect, Pool);
        _answers = new FaultyAnswers(plan.Time, plan.LateBy);
        _chain = plan.Node is null ? null : new AnvilChain(plan.Node, plan.Time);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>How it misbehaves.</summary>
    public FaultScript Faults { get; } = new();

    /// <summary>The bundles that it has.</summary>
    public BundlePool Pool { get; }

    /// <summary>The newest block, for a builder without a node.</summary>
    public BlockNumber Head
    {
        get
        {
            lock (_lock)
            {
                return _head.Number;
            }
        }

        set
        {
            lock (_lock)
            {
                _head = _head with { Number = value };
            }
        }
    }

    /// <summary>The requests so far, in the order of arrival.</summary>
    public IReadOnlyList<ReceivedRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Called for each request after it was answered, or given up, on the request's thread.</summary>
    public Action<ReceivedRequest> Answered { get; set; } = static _ => { };

    /// <summary>Starts a builder.</summary>
    /// <exception cref="IOException">The port is not free.</exception>
    public static async Task<RelaySimulator> StartAsync(SimulatorPlan plan, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.Limits.MaxRequestBodySize = plan.Dialect.LimitOf(LimitKind.RequestBytes).Value;
            server.Listen(IPAddress.Loopback, plan.Port);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopPatience);
        var app = builder.Build();
        var simulator = new RelaySimulator(plan, app);
        app.Run(simulator.AnswerAsync);
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
            return simulator;
        }
        catch
        {
            await simulator.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Makes the next block: the bundles for it by what they pay, then what waits in public.</summary>
    /// <exception cref="InvalidOperationException">It has no node.</exception>
    /// <exception cref="IOException">The node refused.</exception>
    public async Task<LandedBlock> LandAsync(CancellationToken cancellationToken)
    {
        var chain = _chain ?? throw new InvalidOperationException("Cannot make a block: the simulator has no node.");
        await _auctioning.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var block = await new BundleAuction(chain, Pool).RunAsync(cancellationToken).ConfigureAwait(false);
            _delivered.Add(block);
            return block;
        }
        finally
        {
            _auctioning.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        if (_chain is not null)
        {
            await _chain.DisposeAsync().ConfigureAwait(false);
        }

        _auctioning.Dispose();
    }

    private Task AnswerAsync(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) ? AnswerDataAsync(context) : AnswerRequestAsync(context);

    /// <summary>Answers a question about blocks, always as a relay that behaves.</summary>
    private async Task AnswerDataAsync(HttpContext context)
    {
        var asked = context.Request.Query;
        bool isKnown = context.Request.Path == DeliveredBlocks.Path;
        string? answer = isKnown ? _delivered.Answer(asked["slot"], asked["cursor"], asked["limit"])?.ToJsonString() : null;
        context.Response.StatusCode = answer is not null ? StatusCodes.Status200OK : isKnown ? StatusCodes.Status400BadRequest : StatusCodes.Status404NotFound;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer ?? """{"code":400,"message":"invalid arguments"}""", context.RequestAborted).ConfigureAwait(false);
    }

    private async Task AnswerRequestAsync(HttpContext context)
    {
        var fault = Faults.Take();
        RelayMethod? method = null;
        Address? searcher = null;
        string problem = string.Empty;
        string usual = string.Empty;
        string foreign = string.Empty;
        if (!FaultyAnswers.IsUnread(fault))
        {
            try
            {
                byte[] body = await BodyAsync(context).ConfigureAwait(false);
                searcher = _desk.SenderOf(context.Request.Headers[_plan.Dialect.Authentication.Header], body);
                var request = _desk.Read(body);
                method = request.Command.Method;
                var result = _desk.Handle(request.Command, searcher, await HeadAsync(context.RequestAborted).ConfigureAwait(false), fault);
                usual = RelayDesk.Envelope(request.Id, result);
                foreign = RelayDesk.Envelope(request.Id + 1, result?.DeepClone());
            }
            catch (RequestRefusedException refused)
            {
                problem = refused.Message;
                usual = foreign = RelayDesk.Envelope(refused);
            }
        }

        var received = new ReceivedRequest(Interlocked.Increment(ref _count), method, searcher, fault, problem);
        Remember(received);
        context.Response.OnCompleted(() =>
        {
            Answered(received);
            return Task.CompletedTask;
        });
        await WriteAsync(context, fault, usual, foreign).ConfigureAwait(false);
    }

    private async Task WriteAsync(HttpContext context, RelayFault fault, string usual, string foreign)
    {
        try
        {
            await _answers.WriteAsync(context, fault, usual, foreign).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The sender gave up: that is what some faults are for.
        }
    }

    private static async Task<byte[]> BodyAsync(HttpContext context)
    {
        using var copy = new MemoryStream();
        await context.Request.Body.CopyToAsync(copy, context.RequestAborted).ConfigureAwait(false);
        return copy.ToArray();
    }

    private async Task<SimulatorHead> HeadAsync(CancellationToken cancellationToken)
    {
        if (_chain is not null)
        {
            // Blocks that an auction tries and takes back are no heads.
            await _auctioning.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await _chain.HeadAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _auctioning.Release();
            }
        }

        lock (_lock)
        {
            return _head with { NowSeconds = (ulong)_plan.Time.GetUtcNow().ToUnixTimeSeconds() };
        }
    }

    private void Remember(ReceivedRequest request)
    {
        lock (_lock)
        {
            if (_requests.Count == MaxRemembered)
            {
                _requests.Dequeue();
            }

            _requests.Enqueue(request);
        }
    }
}
