using System.Globalization;
using BenchmarkDotNet.Running;
using Husai.Analysis.Similarity;
using Husai.Benchmarks.Analysis;
using Husai.Benchmarks.Clusters;
using Husai.Benchmarks.Explorer;
using Husai.Benchmarks.Networks;
using Husai.Benchmarks.OpenBlas;
using Husai.Benchmarks.Quick;
using Husai.Benchmarks.Saes;
using Husai.Benchmarks.Trackers;
using Husai.Benchmarks.Worlds;
using Husai.Numerics.Parallelism;

switch (args)
{
    case ["--quick", .. var rest]:
        using (var workers = new Workers(Number(rest, 0, Environment.ProcessorCount)))
        {
            new QuickSuite(workers).Run();
        }

        return 0;
    case ["--openblas", .. var rest]:
        ProductComparison.Run(Number(rest, 0, Environment.ProcessorCount), Number(rest, 1, 7), rest.ElementAtOrDefault(2));
        return 0;
    case ["--sae-step", .. var rest]:
        StepTiming.Run(rest);
        return 0;
    case ["--sae-steps", .. var rest]:
        ArchitectureTiming.Run(
            rest.ElementAtOrDefault(0) ?? "relu,jumprelu,gated", Number(rest, 1, 128), Number(rest, 2, 1024), Number(rest, 3, 4096),
            Number(rest, 4, 2), Number(rest, 5, 7));
        return 0;
    case ["--sae-side-by-side", .. var rest]:
        SideBySideTiming.Run(Number(rest, 0, 3));
        return 0;
    case ["--trackers", .. var rest]:
        TrackerTiming.Run(Number(rest, 0, 5));
        return 0;
    case ["--matching", .. var rest]:
        MatchingTiming.Run(Number(rest, 0, 4096), Number(rest, 1, 128), Number(rest, 2, Environment.ProcessorCount));
        return 0;
    case ["--one-to-one", .. var rest]:
        CertifiedMatchTiming.Run(
            Number(rest, 0, 8192), Number(rest, 1, 768), Number(rest, 2, Environment.ProcessorCount),
            rest.ElementAtOrDefault(3) == "signed" ? CosineMeasure.Signed : CosineMeasure.Absolute);
        return 0;
    case ["--planted-saes", var folder, .. var rest]:
        PlantedSaes.Write(folder, Number(rest, 0, 4096), Number(rest, 1, 256), Number(rest, 2, 16_384));
        return 0;
    case ["--chance", .. var rest]:
        ChanceTiming.Run(Number(rest, 0, 4096), Number(rest, 1, 512), Number(rest, 2, Environment.ProcessorCount));
        return 0;
    case ["--world-sampling", .. var rest]:
        SamplingTiming.Run(Number(rest, 0, Environment.ProcessorCount), Number(rest, 1, 5));
        return 0;
    case ["--explorer", .. var rest]:
        ExplorerTiming.Run(Number(rest, 0, 1000), Number(rest, 1, 24_576), Number(rest, 2, 2));
        return 0;
    case ["--extraction", .. var rest]:
        ExtractionTiming.Run(
            rest.ElementAtOrDefault(0) ?? "models/minilm/model.onnx", rest.ElementAtOrDefault(1) ?? "corpora/kjv.txt.gz",
            rest.ElementAtOrDefault(2) ?? "resid_post.5", Number(rest, 3, 20_000), Number(rest, 4, 2), Number(rest, 5, 3));
        return 0;
    case ["--store-training", .. var rest]:
        StoreTrainingTiming.Run(
            Number(rest, 0, 100_000), Number(rest, 1, 384), Number(rest, 2, 3072), Number(rest, 3, 2), Number(rest, 4, 3));
        return 0;
    case ["--jobs", .. var rest]:
        JobOverhead.Run(Number(rest, 0, 5000), Number(rest, 1, 1), Number(rest, 2, 100));
        return 0;
    case ["--calibration", .. var rest]:
        CalibrationTable.Run(Number(rest, 0, 40), Number(rest, 1, Environment.ProcessorCount));
        return 0;
    case ["--help"] or ["-h"] or []:
        Console.Error.WriteLine(
            """
            usage: Husai.Benchmarks --quick [threads]               every kernel once, as a share of the machine's peak (under 60 s)
                   Husai.Benchmarks --openblas [threads] [rounds] [shape]   products against OpenBLAS, turn about in one process
                   Husai.Benchmarks --sae-step [architecture] [d] [M] [k] [B] [threads] [rounds] [PyTorch]
                       a training step, turn about with bench/sae_step.py on a Python, or with the program of bench/Husai.Libtorch
                   Husai.Benchmarks --sae-steps [architectures] [d] [M] [B] [threads] [rounds]
                       steps of several architectures, such as relu,jumprelu,gated, turn about, as ratios to the first
                   Husai.Benchmarks --sae-side-by-side [rounds]   ten SAEs side by side and one after another
                   Husai.Benchmarks --trackers [rounds]             short trainings with and without wandb and tensorboard
                   Husai.Benchmarks --matching [latents] [d] [threads]   two random dictionaries compared, by best match and one to one
                   Husai.Benchmarks --one-to-one [latents] [d] [threads] [signed]   certified match of dictionaries that share half
                   Husai.Benchmarks --planted-saes FOLDER [latents] [d] [rows]   three SAEs that share half, and activations
                   Husai.Benchmarks --chance [latents] [d] [threads]
                       chance levels of three random dictionaries beside their scores, by best match
                   Husai.Benchmarks --world-sampling [threads] [rounds]
                       samples of SynthSAEBench-16k-v2 beside the training steps that take them in
                   Husai.Benchmarks --explorer [runs] [latents] [SAEs]   pages of husai serve: their time, and its memory
                   Husai.Benchmarks --extraction [model] [text] [site] [rows] [threads] [rounds]
                       text into a store, turn about with a bare loop of OnnxRuntime on the same batches
                   Husai.Benchmarks --store-training [rows] [d] [M] [threads] [rounds]
                       training from a store on the disk, turn about with the same rows in memory
                   Husai.Benchmarks --jobs [jobs] [threads] [jobs in a task]   jobs that do nothing: planned, run here, run in tasks
                   Husai.Benchmarks --calibration [sets] [threads]   kappa of dictionaries that share nothing, or a known part
                   Husai.Benchmarks [BenchmarkDotNet arguments]     each kernel beside its plain reference, e.g. --filter '*TopK*'
            """);
        return args.Length == 0 ? 2 : 0;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(QuickSuite).Assembly).Run(args);
        return 0;
}

static int Number(string[] arguments, int index, int missing) =>
    index < arguments.Length ? int.Parse(arguments[index], CultureInfo.InvariantCulture) : missing;
