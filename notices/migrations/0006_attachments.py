import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0005_contacts_and_silent'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=500, verbose_name='名称')),
                ('url', models.CharField(max_length=2000, verbose_name='地址')),
                ('url_key', models.CharField(editable=False, max_length=64)),
                ('state', models.CharField(choices=[('waiting', '待取'), ('read', '已读'), ('scan', '扫描件，请人工看'), ('unreadable', '未能读出'), ('refused', '未能下载')], default='waiting', max_length=12, verbose_name='状态')),
                ('why', models.TextField(blank=True, verbose_name='说明')),
                ('kind', models.CharField(blank=True, max_length=10, verbose_name='格式')),
                ('parts', models.JSONField(blank=True, default=list, verbose_name='文字')),
                ('members', models.JSONField(blank=True, default=list, verbose_name='压缩包内文件')),
                ('size', models.PositiveIntegerField(default=0, verbose_name='字节数')),
                ('digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('attempts', models.PositiveIntegerField(default=0, verbose_name='下载次数')),
                ('next_try_at', models.DateTimeField(blank=True, null=True, verbose_name='下次下载')),
                ('fetched_at', models.DateTimeField(blank=True, null=True, verbose_name='取得时间')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='notices.notice', verbose_name='通知')),
            ],
            options={
                'verbose_name': '附件',
                'verbose_name_plural': '附件',
                'ordering': ['-id'],
                'indexes': [models.Index(condition=models.Q(('next_try_at__isnull', False)), fields=['next_try_at'], name='file_due')],
                'constraints': [models.UniqueConstraint(fields=('notice', 'url_key'), name='file_once_per_notice')],
            },
        ),
    ]
