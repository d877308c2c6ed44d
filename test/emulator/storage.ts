import { askEc2, type Exchange, form, path } from './exchange.ts';
import { type Reply, withBody, xmlReply } from './reply.ts';

/** What moto lacks of S3's buckets and of EBS's snapshots. */
export const storageAnswers: Record<string, (exchange: Exchange) => Promise<Reply>> = {
  's3:ListBuckets': listBuckets,
  'ec2:DescribeSnapshots': describeSnapshots,
};

export const storageAmendments: Record<string, (exchange: Exchange, reply: Reply) => Promise<Reply> | Reply> =
  {
    's3:CreateBucket': giveTheBucketItsDefaults,
    's3:PutBucketEncryption': rememberWhatIsBlocked,
    's3:DeleteBucketEncryption': rememberWhatIsBlocked,
    's3:GetBucketEncryption': withWhatIsBlocked,
  };

/** S3 may give fewer buckets a page than are asked for; so few that a test has pages. */
const bucketsPerPage = 20;

/** moto gives as many as are asked for and drops the rest; S3 gives the place where to go on. */
async function listBuckets({ request, moto }: Exchange): Promise<Reply> {
  const url = new URL(request.target, 'http://localhost');
  const start = Number(url.searchParams.get('continuation-token') ?? 0);
  url.searchParams.delete('max-buckets');
  url.searchParams.delete('continuation-token');
  const reply = await moto({ target: `${url.pathname}${url.search}` });
  const text = reply.body.toString();
  const buckets = [...text.matchAll(/<Bucket>.*?<\/Bucket>/gs)].map(([bucket]) => bucket);
  const end = start + bucketsPerPage;
  const token = end < buckets.length ? `<ContinuationToken>${end}</ContinuationToken>` : '';
  const page = `<Buckets>${buckets.slice(start, end).join('')}</Buckets>${token}`;
  return withBody(reply, text.replace(/<Buckets>.*<\/Buckets>|<Buckets ?\/>/s, page));
}

/** moto makes a bucket that is plain and open, with the tags of one of its name that was deleted; AWS encrypts each and blocks public access to it. */
async function giveTheBucketItsDefaults({ request, moto }: Exchange, reply: Reply): Promise<Reply> {
  const put = (setting: string, content: string) =>
    moto({ method: 'PUT', target: `${path(request)}?${setting}`, body: Buffer.from(content) });
  await moto({ method: 'DELETE', target: `${path(request)}?tagging`, body: Buffer.alloc(0) });
  await put(
    'encryption',
    '<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>',
  );
  const settings = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];
  await put(
    'publicAccessBlock',
    `<PublicAccessBlockConfiguration>${settings.map(name => `<${name}>true</${name}>`).join('')}</PublicAccessBlockConfiguration>`,
  );
  return reply;
}

/** moto drops what a bucket refuses. */
function rememberWhatIsBlocked({ request, memory }: Exchange, reply: Reply): Reply {
  const [blocked = ''] =
    /<BlockedEncryptionTypes>.*<\/BlockedEncryptionTypes>/s.exec(request.body.toString()) ?? [];
  memory.blockedEncryption.set(path(request), blocked);
  return reply;
}

function withWhatIsBlocked({ request, memory }: Exchange, reply: Reply): Reply {
  const blocked = memory.blockedEncryption.get(path(request)) ?? '';
  return withBody(reply, reply.body.toString().replace('</Rule>', `${blocked}</Rule>`));
}

/** moto gives every snapshot, those of AWS's images included; EC2 those of the owner, and of these the public ones if asked. */
async function describeSnapshots(exchange: Exchange): Promise<Reply> {
  const asked = form(exchange.request);
  const owned: [string, string][] =
    asked.get('Owner.1') === 'self'
      ? [
          ['Filter.1.Name', 'owner-id'],
          ['Filter.1.Value.1', '123456789012'],
        ]
      : [];
  const reply = await askEc2(exchange, [['Action', 'DescribeSnapshots'], ...owned]);
  if (asked.get('RestorableBy.1') !== 'all') return reply;
  const items = [
    ...reply.body.toString().matchAll(/<item>(?:(?!<\/item>).)*<snapshotId>(.+?)<.*?<\/item>/gs),
  ];
  const open = await Promise.all(
    items.map(async ([item, id = '']) => ((await isPublic(exchange, id)) ? item : '')),
  );
  return xmlReply(
    `<DescribeSnapshotsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><snapshotSet>${open.join('')}</snapshotSet></DescribeSnapshotsResponse>`,
  );
}

async function isPublic(exchange: Exchange, snapshot: string): Promise<boolean> {
  const { body } = await askEc2(exchange, [
    ['Action', 'DescribeSnapshotAttribute'],
    ['SnapshotId', snapshot],
    ['Attribute', 'createVolumePermission'],
  ]);
  return body.toString().includes('<group>all</group>');
}
