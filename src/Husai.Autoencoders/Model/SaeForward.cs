using Husai.Autoencoders.Engine;
using Husai.Numerics.Functions;
using Husai.Numerics.Kernels;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Autoencoders.Model;

/// <summary>
/// An SAE made ready for many rows: the encoder packed, the decoder padded. Rows are encoded in blocks, and a block is decoded
/// while it is in cache; the size of the blocks does not change a bit of the result.
/// </summary>
internal sealed unsafe class SaeForward
{
    internal const int RowsPerBlock = 48;
    private readonly Sae _sae;
    private readonly PackedMatrix _encoder;
    private readonly Matrix _decoder;
    private readonly Matrix _decoderBias;
    private readonly Matrix _encoderBias;
    private readonly Matrix _thresholds;
    private readonly Matrix _scales;
    private readonly PursuitProducts? _products;

    public SaeForward(Sae sae, Workers? workers = null)
    {
        _sae = sae;
        _encoder = PackedMatrix.FromTransposed(sae.Encoder, workers);
        _decoder = Padded(sae.Decoder);
        _decoderBias = Padded(Matrix.From(1, sae.Width, sae.DecoderBias));
        _encoderBias = Matrix.From(1, sae.Latents, sae.EncoderBias);
        var perLatent = sae.Threshold ?? sae.MagnitudeBias ?? sae.EncoderBias;
        _thresholds = Matrix.From(1, sae.Latents, perLatent);
        _scales = Matrix.From(1, sae.Latents, Array.ConvertAll(
            sae.LogMagnitudeScale ?? new float[sae.Latents], value => (float)Transcendental.Exp(value)));
        if (sae.Architecture == SaeArchitecture.MatchingPursuit)
        {
            _products = new PursuitProducts(sae.Latents);
            _products.Find(sae.Decoder, workers ?? Workers.Alone);
        }
    }

    /// <summary>Sees the codes of a block of rows.</summary>
    /// <param name="firstRow">First row of the block.</param>
    /// <param name="entries">Active latents of each row.</param>
    public delegate void CodeVisitor(int firstRow, EntryBlock entries);

    /// <summary>Encodes all rows.</summary>
    public void Encode(Matrix activations, CodeVisitor visitor, Workers workers)
    {
        if (activations.Columns != _sae.Width)
        {
            throw new ArgumentException(
                $"activations are {activations.Shape}, but the SAE takes rows of width {_sae.Width}", nameof(activations));
        }

        var entries = new EntryBlock?[workers.Threads];
        MatrixProduct.VisitRowBlocks(
            Centred(activations), _encoder, _sae.EncoderBias, RowsPerBlock, (firstRow, block, worker) =>
            {
                var own = entries[worker] ??= new EntryBlock();
                own.Clear();
                for (var row = 0; row < block.Rows; row++)
                {
                    Select(Parameter.Address(block, row), own);
                }

                visitor(firstRow, own);
            },
            workers);
    }

    /// <summary>Writes the reconstruction of one encoded row.</summary>
    /// <param name="result">Padded to whole vectors.</param>
    /// <param name="entries">Block that holds the row.</param>
    /// <param name="row">Row in the block.</param>
    public void Decode(Matrix result, EntryBlock entries, int row)
    {
        var start = entries.RowStart(row);
        RowKernels.WeightedSum(
            Parameter.Address(result, 0), Parameter.Address(_decoderBias, 0), Parameter.Address(_decoder, 0), _decoder.Stride,
            entries.Latents + start, entries.Values + start, entries.RowStart(row + 1) - start, _decoder.Columns / Lanes.Count);
    }

    private static Matrix Padded(Matrix source)
    {
        var result = new Matrix(source.Rows, Lanes.Padded(source.Columns));
        result.SliceColumns(0, source.Columns).CopyFrom(source);
        return result;
    }

    private Matrix Centred(Matrix activations)
    {
        if (!_sae.SubtractsDecoderBias)
        {
            return activations;
        }

        var centred = activations.Clone();
        for (var row = 0; row < centred.Rows; row++)
        {
            Elementwise.Subtract(centred.Row(row), _sae.DecoderBias);
        }

        return centred;
    }

    private void Select(float* row, EntryBlock entries)
    {
        var latents = _sae.Latents;
        switch (_sae.Architecture)
        {
            case SaeArchitecture.TopK:
                RowSelection.TopK(row, latents, _sae.K, entries);
                break;
            case SaeArchitecture.JumpRelu:
                RowSelection.Above(row, Parameter.Address(_thresholds, 0), latents, entries);
                break;
            case SaeArchitecture.MatchingPursuit:
                _products!.Pursue(row, _sae.K, entries);
                break;
            case SaeArchitecture.Gated:
                RowSelection.Gated(
                    row, Parameter.Address(_encoderBias, 0), Parameter.Address(_thresholds, 0), Parameter.Address(_scales, 0), latents,
                    entries);
                break;
            default:
                RowSelection.Positive(row, latents, entries);
                break;
        }
    }
}
