using System.Text.Json.Serialization;
using Mempulse.Api.Audits;
using Mempulse.Api.Bundles;
using Mempulse.Api.Cases;
using Mempulse.Api.Chains;
using Mempulse.Api.Decoding;
using Mempulse.Api.Events;
using Mempulse.Api.Listing;
using Mempulse.Api.Observations;
using Mempulse.Api.Opportunities;
using Mempulse.Api.Problems;
using Mempulse.Api.Ranking;
using Mempulse.Api.Replays;
using Mempulse.Api.Senders;
using Mempulse.Api.Serving;
using Mempulse.Api.Simulations;
using Mempulse.Api.Status;
using Mempulse.Api.Streaming;
using Mempulse.Api.Text;
using Mempulse.Api.Transactions;
using Mempulse.Primitives.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Scalar.AspNetCore;

namespace Mempulse.Api;

/// <summary>The REST API: what it needs, and where it answers.</summary>
public static class MempulseApi
{
    /// <summary>Adds what the API needs; the host provides the grains.</summary>
    public static IServiceCollection AddMempulseApi(this IServiceCollection services, Action<ApiOptions> options)
    {
        services.AddOptions<ApiOptions>()
            .Configure(options)
            .Validate(api => api.Chains.Count > 0, "Cannot serve the API: no chain is configured.")
            .ValidateOnStart();
        services.AddSingleton<ChainDirectory>();
        services.AddSingleton<RegistryCache>();
        services.AddSingleton<LogTails>();
        services.AddSingleton<StreamReaders>();
        services.AddSingleton<NodeQuestions>();
        services.TryAddSingleton(EventCatalog.Core);
        services.TryAddSingleton(TimeProvider.System);
        services.AddHealthChecks().AddCheck<ChainsCheck>("chains");
        services.AddProblemDetails();
        services.AddExceptionHandler<GrainFailureHandler>();
        services.AddOpenApi(ApiDocument.Describe);
        services.ConfigureHttpJsonOptions(static json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict); // numbers are numbers, also in the document

        // A bad request is an answer, not an exception, in development too.
        services.Configure<RouteHandlerOptions>(routing => routing.ThrowOnBadRequest = false);
        return services;
    }

    /// <summary>Maps every endpoint, the OpenAPI document at /openapi/v1.json, and its viewer at /docs.</summary>
    public static WebApplication MapMempulseApi(this WebApplication app)
    {
        var api = app.MapGroup(string.Empty)
            .RefuseUnknownParameters()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status421MisdirectedRequest)
            .ProducesProblem(StatusCodes.Status500InternalServerError)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapEvents();
        api.MapStream();
        api.MapTransactions();
        api.MapAsking();
        api.MapDecoding();
        api.MapRanking();
        api.MapMempool();
        api.MapSenders();
        api.MapObservations();
        api.MapReplays();
        api.MapSimulations();
        api.MapOpportunities();
        api.MapBundles();
        api.MapBlocks();
        api.MapCases();
        api.MapStatus();
        api.MapHealth();
        app.MapOpenApi().WithEntityTag();
        app.MapScalarApiReference("/docs");
        return app;
    }
}
